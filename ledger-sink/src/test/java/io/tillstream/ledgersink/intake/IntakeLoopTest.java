package io.tillstream.ledgersink.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.ledgersink.intake.FaultPoint.Step;
import io.tillstream.ledgersink.intake.IntakeStatus.Phase;
import io.tillstream.ledgersink.journal.JournalIntake;
import io.tillstream.ledgersink.reconciliation.Verification;
import io.tillstream.ledgersink.reconciliation.Verify;
import io.tillstream.ledgersink.records.RecordsIntake;
import io.tillstream.ledgersink.testing.Feed;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.JournalTopic;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.SideRecords;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TestConsumers;
import io.tillstream.ledgersink.testing.TestEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The journal from a real broker into a real PostgreSQL, with everything that can go wrong between. */
@Tag("cluster")
final class IntakeLoopTest {
    private static final int PARTITIONS = LedgerCluster.PARTITIONS;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final JournalScript script = new JournalScript(Storing.journalCodec(), PARTITIONS);
    private final List<IntakeLoop> loops = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Ledger ledger;
    private JournalTopic topic;
    private int payments;

    private final List<String> faults = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        LedgerCluster.freshTopics();
        ledger = LedgerCluster.freshLedger();
        topic = new JournalTopic();
        script.terms("ada", LocalDate.of(2026, 3, 2));
    }

    @AfterEach
    void close() {
        loops.forEach(IntakeLoop::close);
        topic.close();
        ledger.close();
    }

    @Test
    void shouldStoreTheWholeJournal() throws SQLException {
        pay(300);
        topic.write(script, PARTITIONS);
        start("read_committed", new RowWriter(ledger.database()));
        pay(300);
        topic.write(script, PARTITIONS);

        awaitStored();

        Verification verification = verify();
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.databaseEntries()).isEqualTo(script.size());
    }

    @Test
    void shouldStoreEachEntryOnceWhenWritersDieAtEveryStep() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        FaultPoint dying = step -> {
            if (random.nextInt(4) == 0) {
                throw new SQLException("the connection broke at " + step, "08006");
            }
        };
        start("read_committed", new RowWriter(ledger.database(), new Positions(), dying));
        for (int i = 0; i < 20; i++) {
            pay(20);
            topic.write(script, PARTITIONS);
        }

        awaitStored();

        assertThat(verify().findings()).as("seed %d", seed).isEmpty();
    }

    @Test
    void shouldHandOverPartitionsExactlyWhenLoopsComeAndGo() throws SQLException {
        pay(60);
        topic.write(script, PARTITIONS);
        start("read_committed", new RowWriter(ledger.database()));
        for (int i = 0; i < 3; i++) {
            start("read_committed", new RowWriter(ledger.database()));
            pay(100);
            topic.write(script, PARTITIONS);
            loops.remove(0).close();
            pay(100);
            topic.write(script, PARTITIONS);
        }

        awaitStored();

        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void shouldJoinAnewWhenItWasFenced() throws SQLException {
        pay(300);
        topic.write(script, PARTITIONS);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        FaultPoint usurper = step -> {
            if (step == Step.COMMITTED && isFirst.getAndSet(false)) {
                storeRestOfPartitionZero();
            }
        };
        IntakeLoop zombie = start("read_committed", new RowWriter(ledger.database(), new Positions(), usurper));

        awaitStored();

        assertThat(verify().findings()).isEmpty();
        assertThat(meters.counter("tillstream.sink.fenced", "intake", "journal-0")
                        .count())
                .isEqualTo(1);
        assertThat(zombie.status().phase()).isEqualTo(Phase.RUNNING);
    }

    /** What another owner of the partition would do. In one transaction of the topic an entry's offset is its sequence. */
    private void storeRestOfPartitionZero() throws SQLException {
        TopicPartition partition = Feed.journal(0);
        Position stored;
        try (Connection connection = ledger.database().connection()) {
            stored = new Positions().stored(connection, partition).orElseThrow();
        }
        List<byte[]> values = script.values(0);
        List<ConsumerRecord<byte[], byte[]>> rest = new ArrayList<>();
        for (int i = (int) stored.nextSequence(); i < values.size(); i++) {
            rest.add(new ConsumerRecord<>(partition.topic(), 0, i, new byte[0], values.get(i)));
        }
        Map<TopicPartition, Position> before = Map.of(partition, stored);
        new RowWriter(ledger.database())
                .write(before, new JournalIntake(Storing.journalCodec()).read(Map.of(partition, rest), before));
    }

    @Test
    void shouldNeverSeeWhatWasNotCommitted() throws SQLException {
        abortThenCommit();
        start("read_committed", new RowWriter(ledger.database()));

        awaitStored();

        assertThat(verify().findings()).isEmpty();
    }

    /** The mutant: read_uncommitted takes the dead task's entries for the journal, and the chain shows it. */
    @Test
    void shouldBreakTheChainWhenUncommittedEntriesAreRead() {
        abortThenCommit();
        IntakeLoop mutant = start("read_uncommitted", new RowWriter(ledger.database()));

        Awaitility.await().atMost(LIMIT).until(() -> mutant.status().phase() == Phase.STOPPED);

        assertThat(mutant.status().reason()).contains("journal partition 0").contains("sequence");
    }

    private void abortThenCommit() {
        JournalScript dead = new JournalScript(Storing.journalCodec(), PARTITIONS);
        dead.terms("ada", LocalDate.of(2026, 3, 2));
        dead.record(0, TestEvent.event("ada", PaymentEventType.AUTHORISED, 999, 999, 1), "");
        topic.writeAborted(0, dead.values(0));
        pay(30);
        topic.write(script, PARTITIONS);
    }

    @Test
    void shouldStopLoudlyWithThePlaceWhenTheJournalHasAGap() {
        pay(30);
        List<byte[]> holed = new ArrayList<>(script.values(1));
        holed.remove(4);
        topic.write(Topics.JOURNAL, 1, holed);
        IntakeLoop loop = start("read_committed", new RowWriter(ledger.database()));

        Awaitility.await().atMost(LIMIT).until(() -> loop.status().phase() == Phase.STOPPED);

        assertThat(loop.status().reason())
                .contains("journal partition 1, sequence 4 expected, offset 4: the entry has sequence 5");
        assertThat(ledger.value("SELECT count(*) FROM ledger.entry WHERE sequence > 3"))
                .isEqualTo("0");
        Awaitility.await().atMost(LIMIT).until(() -> !faults.isEmpty());
        assertThat(faults).containsExactly("sink-journal-0: " + loop.status().reason());
    }

    @Test
    void shouldStopWhenTheDatabaseRefusesARowForGood() {
        pay(9);
        topic.write(script, PARTITIONS);
        ledger.execute("INSERT INTO ledger.posting VALUES (1, 1, 0, '2026-03-02', 0, 'x', 'x', 'x')");
        IntakeLoop loop = start("read_committed", new RowWriter(ledger.database()));

        Awaitility.await().atMost(LIMIT).until(() -> loop.status().phase() == Phase.STOPPED);

        assertThat(loop.status().reason()).contains("posting_pkey").contains("23505");
    }

    @Test
    void shouldTellThatItWaitsWhenTheDatabaseIsAwayAndGoOnByItself() throws SQLException {
        var away = new AtomicBoolean(true);
        FaultPoint outage = step -> {
            if (away.get() && step == Step.ROWS_WRITTEN) {
                throw new SQLException("terminating connection due to administrator command\nDetail: x", "57P01");
            }
        };
        pay(30);
        topic.write(script, PARTITIONS);
        IntakeLoop loop = start("read_committed", new RowWriter(ledger.database(), new Positions(), outage));

        Awaitility.await().atMost(LIMIT).until(() -> loop.status().phase() == Phase.WAITING);
        assertThat(loop.status().reason())
                .isEqualTo("waits for the database: terminating connection due to administrator command (57P01)");
        away.set(false);

        awaitStored();
        assertThat(verify().findings()).isEmpty();
        Awaitility.await().atMost(LIMIT).until(() -> loop.status().phase() == Phase.RUNNING);
        Awaitility.await().atMost(LIMIT).until(() -> loop.lag() == 0);
    }

    @Test
    void shouldWaitForTheBrokersWhenTheyDoNotTellWhereATopicBegins() {
        AtomicBoolean away = new AtomicBoolean(true);
        topic.write(Topics.REFUSED, 1, List.of(SideRecords.refused("ada", true)));
        IntakeLoop loop = IntakeLoop.start(
                RecordsIntake.of(LedgerCluster.schemas()),
                TestConsumers.withoutBeginnings("sink-records", away::get),
                new RowWriter(ledger.database()),
                meters,
                0,
                faults::add);
        loops.add(loop);

        Awaitility.await().atMost(LIMIT).until(() -> loop.status().phase() == Phase.WAITING);
        assertThat(loop.status().reason())
                .isEqualTo("waits for the brokers: TimeoutException: Failed to get offsets by times in 60000ms");
        away.set(false);

        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        ledger.value("SELECT count(*) FROM ledger.refusals").equals("1"));
        assertThat(faults).isEmpty();
    }

    private void pay(int count) {
        for (int i = 0; i < count; i++) {
            payments++;
            script.record(
                    payments % PARTITIONS,
                    TestEvent.event("ada", PaymentEventType.CAPTURED, payments, payments, 100),
                    "clearing:acme",
                    "clearing:acme",
                    100L,
                    "unapplied",
                    -100L);
        }
    }

    private IntakeLoop start(String isolation, RowWriter writer) {
        IntakeLoop loop = IntakeLoop.start(
                new JournalIntake(Storing.journalCodec()),
                TestConsumers.of("sink", isolation, 25),
                writer,
                meters,
                loops.size(),
                faults::add);
        loops.add(loop);
        return loop;
    }

    private void awaitStored() {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Long.parseLong(ledger.value("SELECT count(*) FROM ledger.entry")) >= script.size());
    }

    private Verification verify() throws SQLException {
        return new Verify(LedgerCluster.kafka(), LedgerCluster.schemas(), ledger.database(), Optional.empty()).run();
    }
}
