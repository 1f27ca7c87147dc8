package io.tillstream.ledgersink.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.intake.FaultPoint.Step;
import io.tillstream.ledgersink.journal.JournalIntake;
import io.tillstream.ledgersink.testing.Feed;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TestEvent;
import io.tillstream.schemas.PaymentEventType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One transaction per poll: all of it or nothing, and by one writer only. */
@Tag("cluster")
final class RowWriterTest {
    private static final TopicPartition PARTITION = Feed.journal(0);
    private static final String STATE =
            "SELECT (SELECT count(*) FROM ledger.entry), (SELECT count(*) FROM ledger.posting),"
                    + " (SELECT sum(abs(balance)) FROM ledger.balance), next_sequence FROM operations.sink_offset";

    private final JournalIntake intake = new JournalIntake(Storing.journalCodec());
    private final JournalScript script = new JournalScript(Storing.journalCodec(), 1);
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = LedgerCluster.freshLedger();
        Storing.createPosition(ledger, PARTITION);
        script.terms("ada", LocalDate.of(2026, 3, 2));
        for (int i = 1; i <= 9; i++) {
            script.record(
                    0,
                    TestEvent.event("ada", PaymentEventType.CAPTURED, i, i, 100),
                    "clearing:acme",
                    "clearing:acme",
                    100L,
                    "unapplied",
                    -100L);
        }
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"POSITIONS_MOVED", "ROWS_WRITTEN"})
    void shouldStoreNothingWhenTheWriterDiesBeforeTheCommit(Step step) {
        RowWriter dying = writer(new Positions(), step);

        assertThatThrownBy(() -> dying.write(Feed.start(PARTITION), read(0, 10)))
                .hasMessage("died");

        assertThat(ledger.value(STATE)).isEqualTo("0|0||0");
    }

    @Test
    void shouldFindItsRowsWhenTheWriterDiesBehindTheCommit() throws SQLException {
        RowWriter dying = writer(new Positions(), Step.COMMITTED);

        assertThatThrownBy(() -> dying.write(Feed.start(PARTITION), read(0, 4))).hasMessage("died");

        Position stored = stored();
        assertThat(stored.nextSequence()).isEqualTo(4);
        new RowWriter(ledger.database()).write(Map.of(PARTITION, stored), read(4, 10, Map.of(PARTITION, stored)));
        assertThat(ledger.value(STATE)).isEqualTo("10|18|1800|10");
    }

    @Test
    void shouldStoreEachEntryOnceWhenEveryStepFailsOnce() throws SQLException {
        int from = 0;
        for (Step step : Step.values()) {
            for (int upTo : List.of(from + 2, from + 3)) {
                Map<TopicPartition, Position> known = Map.of(PARTITION, stored());
                RowWriter dying = writer(new Positions(), step);
                int begin = from;
                assertThatThrownBy(() -> dying.write(known, read(begin, upTo, known)))
                        .hasMessage("died");
                from = (int) stored().nextSequence();
                Map<TopicPartition, Position> found = Map.of(PARTITION, stored());
                if (from < upTo) {
                    new RowWriter(ledger.database()).write(found, read(from, upTo, found));
                }
                from = upTo;
                if (from >= 10) {
                    break;
                }
            }
        }
        assertThat(ledger.value(STATE)).isEqualTo(from + "|" + 2 * (from - 1) + "|" + 200 * (from - 1) + "|" + from);
    }

    @Test
    void shouldFenceTheZombieWhenTwoWritersHoldOnePartition() throws SQLException {
        Rows ofZombie = read(0, 3);
        RowWriter owner = new RowWriter(ledger.database());
        owner.write(
                Feed.start(PARTITION),
                new JournalIntake(Storing.journalCodec())
                        .read(Feed.poll(PARTITION, script.values(0), 0, 5), Feed.start(PARTITION)));

        assertThatThrownBy(() -> new RowWriter(ledger.database()).write(Feed.start(PARTITION), ofZombie))
                .isInstanceOf(FencedException.class);

        assertThat(ledger.value(STATE)).isEqualTo("5|8|800|5");
    }

    @Test
    void shouldFenceTheSecondWhenTwoWritersCommitAtTheSameTime() throws Exception {
        Rows first = read(0, 3);
        Rows second = new JournalIntake(Storing.journalCodec())
                .read(Feed.poll(PARTITION, script.values(0), 0, 3), Feed.start(PARTITION));
        var secondResult = new CompletableFuture<Throwable>();
        // The first writer has moved the position and not committed yet; then the second begins and waits for the row's
        // lock.
        FaultPoint between = step -> {
            if (step == Step.ROWS_WRITTEN) {
                new Thread(() -> secondResult.complete(failureOf(second))).start();
                awaitWaitingLock();
            }
        };
        new RowWriter(ledger.database(), new Positions(), between).write(Feed.start(PARTITION), first);

        assertThat(secondResult.get()).isInstanceOf(FencedException.class);
        assertThat(ledger.value(STATE)).isEqualTo("3|4|400|3");
    }

    private Throwable failureOf(Rows rows) {
        try {
            new RowWriter(ledger.database()).write(Feed.start(PARTITION), rows);
            return new AssertionError("the second writer was not fenced");
        } catch (SQLException | RuntimeException e) {
            return e;
        }
    }

    private void awaitWaitingLock() {
        Awaitility.await()
                .until(() -> ledger.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND datname = current_database()")
                        .equals("1"));
    }

    /** The mutant: without the comparison the zombie is not fenced, it moves the position back. */
    @Test
    void shouldLoseTheFenceWhenPositionsAreMovedWithoutComparison() throws SQLException {
        Rows ofZombie = read(0, 1);
        ledger.execute("UPDATE operations.sink_offset SET next_sequence = 5, next_offset = 15");
        RowWriter mutant = new RowWriter(ledger.database(), new Positions(false), FaultPoint.NONE);

        mutant.write(Feed.start(PARTITION), ofZombie);

        assertThat(stored().nextSequence()).as("the position went back from 5").isEqualTo(1);
    }

    private RowWriter writer(Positions positions, Step dyingAt) {
        return new RowWriter(ledger.database(), positions, step -> {
            if (step == dyingAt) {
                throw new IllegalStateException("died");
            }
        });
    }

    private Rows read(int from, int to) {
        return read(from, to, Feed.start(PARTITION));
    }

    private Rows read(int from, int to, Map<TopicPartition, Position> before) {
        return intake.read(Feed.poll(PARTITION, script.values(0), from, to), before);
    }

    private Position stored() throws SQLException {
        try (Connection connection = ledger.database().connection()) {
            return new Positions().stored(connection, PARTITION).orElseThrow();
        }
    }
}
