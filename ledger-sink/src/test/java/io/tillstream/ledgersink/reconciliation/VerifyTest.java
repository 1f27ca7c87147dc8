package io.tillstream.ledgersink.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.ledgersink.intake.IntakeLoop;
import io.tillstream.ledgersink.intake.RowWriter;
import io.tillstream.ledgersink.journal.JournalIntake;
import io.tillstream.ledgersink.testing.City;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.JournalTopic;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TestConsumers;
import io.tillstream.schemas.SettlementBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two cities, three closed dates and an open one: sound as it is, and with one thing wrong at a time. */
@Tag("cluster")
final class VerifyTest {
    private static final int PARTITIONS = LedgerCluster.PARTITIONS;
    private static Ledger sound;
    private static int entries;

    @BeforeAll
    static void store() {
        LedgerCluster.freshTopics();
        sound = LedgerCluster.freshLedger();
        JournalScript script = new JournalScript(Storing.journalCodec(), PARTITIONS);
        script.terms("ada", LocalDate.of(2026, 3, 2));
        script.terms("bay", LocalDate.of(2026, 3, 2));
        City ada = new City(script, "ada", PARTITIONS, 1);
        City bay = new City(script, "bay", PARTITIONS, 100_001);
        List<SettlementBatch> batches = new ArrayList<>();
        ada.day();
        bay.day();
        batches.add(script.close("ada"));
        ada.day();
        batches.add(script.close("bay"));
        batches.add(script.close("ada"));
        bay.day();
        entries = script.size();
        try (JournalTopic topic = new JournalTopic()) {
            topic.write(script, PARTITIONS);
        }
        batches.forEach(batch -> Storing.batch(sound, batch));
        store(sound, new JournalIntake(Storing.journalCodec()), entries);
    }

    @AfterAll
    static void close() {
        sound.close();
    }

    private static void store(Ledger ledger, JournalIntake intake, int expected) {
        try (IntakeLoop loop = IntakeLoop.start(
                intake,
                TestConsumers.of("verify-test", "read_committed", 1000),
                new RowWriter(ledger.database()),
                new SimpleMeterRegistry(),
                0,
                reason -> {})) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> !loop.status().reason().isEmpty()
                            && ledger.value("SELECT count(*) FROM ledger.entry").equals(Integer.toString(expected)));
        }
    }

    private static Verify verify() {
        return new Verify(LedgerCluster.kafka(), LedgerCluster.schemas(), sound.database(), Optional.empty());
    }

    @Test
    void shouldHoldWhenNothingIsWrong() throws SQLException {
        Verification verification = verify().run();
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.holds()).isTrue();
        assertThat(verification.journalEntries()).isEqualTo(entries);
        assertThat(verification.databaseEntries()).isEqualTo(entries);
        assertThat(verification.batches()).isEqualTo(3);
        assertThat(verification.unbalancedEntries()).isZero();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '`', textBlock = """
            statement                                                                                            | broken | place                                             | expected              | found
            UPDATE ledger.entry SET amount = amount + 1 WHERE partition = 1 AND sequence = 5                     | I4     | partition 1, sequence 5, offset 5, column amount  | ``                    | ``
            UPDATE ledger.entry SET business_date = '2026-03-03' WHERE partition = 1 AND sequence = 5            | I4     | partition 1, sequence 5, offset 5, column business_date | 2026-03-02      | 2026-03-03
            UPDATE ledger.entry SET occurred_at = occurred_at + '1 microsecond' WHERE partition = 2 AND sequence = 2 | I4 | partition 2, sequence 2, offset 2, column occurred_at | ``                | ``
            UPDATE ledger.entry SET items = '[]' WHERE partition = 0 AND sequence = 2                            | I4     | partition 0, sequence 2, offset 2, column items   | W-1                   | []
            UPDATE ledger.entry SET card_last_four = '2222' WHERE partition = 0 AND sequence = 2                 | I4     | partition 0, sequence 2, offset 2, column card_last_four | the journal's value | another
            UPDATE ledger.entry SET hash = decode(repeat('00', 32), 'hex') WHERE partition = 0 AND sequence = 2  | I4     | partition 0, sequence 2, offset 2, column hash    | ``                    | 0000
            DELETE FROM ledger.entry WHERE partition = 2 AND sequence = 3                                        | I4     | partition 2, sequence 3, offset 3                 | a row in ledger.entry | none
            DELETE FROM ledger.entry WHERE partition = 2 AND sequence = (SELECT max(sequence) FROM ledger.entry WHERE partition = 2) | I4 | partition 2                       | a row in ledger.entry | none
            UPDATE ledger.entry SET sequence = 1000 WHERE partition = 0 AND sequence = 4                         | I4     | partition 0, sequence 4, offset 4                 | a row in ledger.entry | none
            UPDATE ledger.posting SET amount = amount + 1 WHERE partition = 0 AND sequence = 2 AND posting_number = 1 | I4 | partition 0, sequence 2, offset 2, postings      | fund:water            | fund:water
            UPDATE ledger.posting SET account = 'fund:x' WHERE partition = 0 AND sequence = 2 AND posting_number = 1 | I4 | partition 0, sequence 2, offset 2, postings       | fund:water            | fund:x
            DELETE FROM ledger.posting WHERE partition = 0 AND sequence = 2 AND posting_number = 2               | I4     | partition 0, sequence 2, offset 2, postings       | fund:park             | ``
            INSERT INTO ledger.posting SELECT 9999, 5, 0, business_date, 0, tenant, account, currency FROM ledger.posting LIMIT 1 | I4 | partition 0, sequence 9999, postings | none                  | ``
            UPDATE ledger.balance SET balance = balance + 1 WHERE partition = 1 AND tenant = 'bay' AND account = 'fund:water' | I3 | bay, account fund:water USD, partition 1 | balance               | balance
            DELETE FROM ledger.balance WHERE partition = 1 AND tenant = 'bay' AND account = 'fund:water'         | I3     | bay, account fund:water USD, partition 1          | balance               | no row
            INSERT INTO ledger.balance VALUES (0, 'ada', 'USD', 'fund:x', 1)                                     | I3     | ada, account fund:x USD, partition 0              | balance 0             | balance 1
            UPDATE operations.sink_offset SET next_sequence = next_sequence - 1 WHERE partition = 1              | I4     | operations.sink_offset, partition 1               | sequence              | sequence
            UPDATE operations.sink_offset SET chain_head = decode(repeat('00', 32), 'hex') WHERE partition = 1   | I4     | operations.sink_offset, partition 1               | chain head            | 0000
            UPDATE settlement.line SET net = net + 1 WHERE batch_id = 'ada-20260302' AND account = 'fund:water'  | I5     | ada-20260302, line clearing:acme CARD fund:water  | ``                    | ``
            DELETE FROM settlement.line WHERE batch_id = 'ada-20260302' AND account = 'processor-fee'            | I5     | ada-20260302, line clearing:acme CARD processor-fee | ``                  | none
            UPDATE settlement.part SET entry_count = entry_count + 1 WHERE batch_id = 'bay-20260302' AND partition = 2 | I5 | bay-20260302, part of partition 2              | entryCount            | entryCount
            UPDATE settlement.part SET chain_head = decode(repeat('00', 32), 'hex') WHERE batch_id = 'bay-20260302' AND partition = 2 | I5 | bay-20260302, part of partition 2 | chainHead             | 0000
            UPDATE settlement.batch SET entry_count = entry_count - 1 WHERE batch_id = 'ada-20260303'            | I5     | ada-20260303                                      | entries               | in the batch
            UPDATE settlement.batch SET business_date = '2026-03-09' WHERE batch_id = 'ada-20260303'             | I5     | ada-20260303                                      | a row in settlement.batch | none
            """)
    void shouldTellTheFirstPlaceWhenTheDatabaseIsWrong(
            String statement, String broken, String place, String expected, String found) throws SQLException {
        try (Connection connection = LedgerCluster.superuser(sound.url());
                Statement corruption = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(corruption.executeUpdate(statement)).isEqualTo(1);

            Verification verification = verify().run(connection);

            connection.rollback();
            assertThat(verification.holds()).isFalse();
            Finding first = verification.findings().get(0);
            assertThat(first.invariant()).isEqualTo(Invariant.valueOf(broken));
            assertThat(first.place()).startsWith(place);
            assertThat(first.expected()).contains(expected);
            assertThat(first.found()).contains(found);
        }
    }
}
