package io.tillstream.ledgersink.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.testing.City;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.JournalTopic;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TestEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Topics;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A journal that is wrong itself: what no comparison with rows could show. The database is empty here. */
@Tag("cluster")
final class VerifyJournalTest {
    private static final int PARTITIONS = LedgerCluster.PARTITIONS;

    private final JournalScript script = new JournalScript(Storing.journalCodec(), PARTITIONS);
    private final City ada = new City(script, "ada", PARTITIONS, 1);
    private Ledger ledger;

    @BeforeEach
    void open() {
        LedgerCluster.freshTopics();
        ledger = LedgerCluster.freshLedger();
        script.terms("ada", LocalDate.of(2026, 3, 2));
        ada.day();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldTellTheSequenceWhenAnEntryIsMissing() throws SQLException {
        List<byte[]> values = new ArrayList<>(script.values(1));
        values.remove(3);
        assertThat(verify(values, Invariant.I6))
                .startsWith("I6 broken at partition 1, sequence 3, offset 3: expected sequence 3, found sequence 4");
    }

    @Test
    void shouldTellTheSequenceWhenEntriesAreReordered() throws SQLException {
        List<byte[]> values = new ArrayList<>(script.values(1));
        Collections.swap(values, 2, 3);
        assertThat(verify(values, Invariant.I6))
                .startsWith("I6 broken at partition 1, sequence 2, offset 2: expected sequence 2, found sequence 3");
    }

    @Test
    void shouldTellTheHashesWhenAnEntryWasChanged() throws SQLException {
        List<byte[]> values = new ArrayList<>(script.values(1));
        byte[] changed = values.get(2).clone();
        changed[changed.length - 40] ^= 1;
        values.set(2, changed);
        assertThat(verify(values, Invariant.I6))
                .startsWith("I6 broken at partition 1, sequence 2, offset 2: expected hash");
    }

    @Test
    void shouldTellTheEntryWhenItIsCutOff() throws SQLException {
        List<byte[]> values = new ArrayList<>(script.values(1));
        values.set(2, Arrays.copyOf(values.get(2), 30));
        assertThat(verify(values, Invariant.I6))
                .startsWith("I6 broken at partition 1, sequence 2, offset 2: expected an entry");
    }

    @Test
    void shouldTellTheEntryWhenDebitsAreNotCredits() throws SQLException {
        script.record(
                1,
                TestEvent.event("ada", PaymentEventType.CAPTURED, 900, 900, 10),
                "clearing:acme",
                "clearing:acme",
                10L,
                "unapplied",
                -9L);
        assertThat(verify(script.values(1), Invariant.I1)).endsWith("expected postings that add up to 0, found 1");
    }

    @Test
    void shouldTellTheDateWhenACloseMarkIsLostInOnePartition() throws SQLException {
        script.close("ada");
        List<byte[]> values = new ArrayList<>(script.values(1));
        values.remove(values.size() - 1);
        assertThat(verify(values, Invariant.I5))
                .startsWith(
                        "I5 broken at ada-20260302: expected DAY_CLOSED in every partition, found none in partitions [1]");
    }

    @Test
    void shouldTellTheBatchWhenAClosedDateHasNone() throws SQLException {
        script.close("ada");
        assertThat(verify(script.values(1), Invariant.I5))
                .isEqualTo("I5 broken at ada-20260302: expected a row in settlement.batch, found none");
    }

    @Test
    void shouldTellTheAccountWhenABalanceIsBroughtForwardWrong() throws SQLException {
        script.tamperNextClose(close ->
                close.getBalances().get(1).setAmount(close.getBalances().get(1).getAmount() + 1));
        script.close("ada");
        assertThat(verify(script.values(1), Invariant.I3))
                .contains("account clearing:acme")
                .endsWith("brought forward");
    }

    @Test
    void shouldTellTheLinesWhenACloseAddsUpWrong() throws SQLException {
        script.tamperNextClose(close -> close.getLines().get(0).setGross(1));
        script.close("ada");
        assertThat(verify(script.values(1), Invariant.I5)).contains("lines of the close");
    }

    @Test
    void shouldTellTheEntryWhenItClaimsADateThatIsNotOpen() throws SQLException {
        script.close("ada");
        script.terms("ada", LocalDate.of(2026, 3, 2));
        assertThat(verify(script.values(1), Invariant.I5))
                .contains("expected business date 2026-03-03, which is open, found date 2026-03-02");
    }

    /** The first finding of the invariant with partition 1 as given and the others as scripted. */
    private String verify(List<byte[]> partition1, Invariant invariant) throws SQLException {
        try (JournalTopic topic = new JournalTopic()) {
            topic.write(Topics.JOURNAL, 0, script.values(0));
            topic.write(Topics.JOURNAL, 1, partition1);
            topic.write(Topics.JOURNAL, 2, script.values(2));
        }
        Verification verification =
                new Verify(LedgerCluster.kafka(), LedgerCluster.schemas(), ledger.database(), Optional.empty()).run();
        assertThat(verification.holds(invariant)).isFalse();
        return verification.findings().stream()
                .filter(finding -> finding.invariant() == invariant)
                .findFirst()
                .orElseThrow()
                .toString();
    }
}
