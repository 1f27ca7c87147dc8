package io.tillstream.ledgersink.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.settlement.BatchVerifier.Finding;
import io.tillstream.ledgersink.settlement.BatchVerifier.Outcome;
import io.tillstream.ledgersink.testing.City;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch against the rows of the ledger. */
@Tag("cluster")
final class BatchVerifierTest {
    private static final int PARTITIONS = 3;
    private static Ledger ledger;

    @BeforeAll
    static void store() {
        ledger = LedgerCluster.freshLedger();
        JournalScript script = new JournalScript(Storing.journalCodec(), PARTITIONS);
        script.terms("ada", LocalDate.of(2026, 3, 2));
        script.terms("bay", LocalDate.of(2026, 3, 2));
        City ada = new City(script, "ada", PARTITIONS, 1);
        ada.day();
        new City(script, "bay", PARTITIONS, 100_001).day();
        Storing.batch(ledger, script.close("ada"));
        ada.day();
        Storing.journal(ledger, script, PARTITIONS);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void shouldAgreeWhenRowsAndBatchAreOfOneJournal() throws SQLException {
        assertThat(verifyAfter("SELECT 1")).isEqualTo(new Finding(Outcome.AGREES, ""));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '`', textBlock = """
            change                                                                                      | outcome | reason
            UPDATE operations.sink_offset SET next_sequence = 3 WHERE partition = 1                     | WAITS   | waits for the journal: partition 1 is stored up to sequence 3, the batch ends at
            DELETE FROM operations.sink_offset WHERE partition = 2                                      | WAITS   | waits for the journal: partition 2 is stored up to sequence 0
            DELETE FROM settlement.part WHERE partition = 1                                             | DIFFERS | the batch has no part of partition 1
            UPDATE settlement.batch SET entry_count = entry_count + 1                                   | DIFFERS | the batch has 27 entries, the ledger 26
            UPDATE settlement.part SET entry_count = entry_count + 1 WHERE partition = 0                | DIFFERS | partition 0: the batch has
            DELETE FROM ledger.entry WHERE partition = 2 AND sequence = 2                               | DIFFERS | partition 2: the batch has
            UPDATE ledger.entry SET tenant = 'bay' WHERE partition = 2 AND sequence = 2                 | DIFFERS | partition 2: the batch has
            UPDATE ledger.entry SET business_date = '2026-03-03' WHERE partition = 2 AND sequence = 2   | DIFFERS | partition 2: the batch has
            UPDATE settlement.part SET first_sequence = 1 WHERE partition = 0                           | DIFFERS | partition 0: the batch goes from sequence 1 to
            UPDATE ledger.entry SET kind = 'RECORDED' WHERE kind = 'DAY_CLOSED' AND partition = 1       | DIFFERS | partition 1: the entry
            UPDATE settlement.part SET chain_head = decode(repeat('00', 32), 'hex') WHERE partition = 1 | DIFFERS | partition 1: the chain head of the batch is 0000000000000000000000000000000000000000000000000000000000000000, that of the ledger
            UPDATE ledger.posting SET amount = amount - 1 WHERE tenant = 'ada' AND sequence = 2 AND partition = 1 AND account = 'fund:water' | DIFFERS | line clearing:acme CARD fund:water: gross of the batch is 15003, of the ledger 15004
            UPDATE ledger.entry SET event_type = 'REFUNDED' WHERE tenant = 'ada' AND sequence = 2 AND partition = 1 | DIFFERS | line clearing:acme CARD convenience-fee: gross of the batch is 900, of the ledger 600
            UPDATE ledger.entry SET tender = 'ECHECK' WHERE tenant = 'ada' AND event_type = 'PROCESSOR_FEE' AND business_date = '2026-03-02' | DIFFERS | line clearing:acme CARD processor-fee: is in the batch, not in the ledger
            DELETE FROM settlement.line WHERE account = 'processor-fee'                                 | DIFFERS | line clearing:acme CARD processor-fee: is in the ledger, not in the batch
            UPDATE settlement.line SET refund_count = refund_count + 1 WHERE account = 'fund:park' AND through = 'clearing:acme' | DIFFERS | line clearing:acme CARD fund:park: refund_count of the batch is 2, of the ledger 1
            UPDATE ledger.posting SET amount = amount + 1 WHERE account = 'in-transit:acme' AND partition = 2 | DIFFERS | processor acme: the lines leave
            """)
    void shouldSayWhyWhenTheyAreNot(String change, Outcome outcome, String reason) throws SQLException {
        Finding finding = verifyAfter(change);

        assertThat(finding.outcome()).isEqualTo(outcome);
        assertThat(finding.reason()).startsWith(reason);
    }

    private static Finding verifyAfter(String change) throws SQLException {
        try (Connection connection = LedgerCluster.superuser(ledger.url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            boolean isQuery = statement.execute(change);
            assertThat(isQuery || statement.getUpdateCount() == 1).isTrue();
            List<BatchHead> batches = BatchHead.inState(connection, "CLOSED");
            Finding finding = new BatchVerifier().verify(connection, batches.get(0));
            connection.rollback();
            return finding;
        }
    }
}
