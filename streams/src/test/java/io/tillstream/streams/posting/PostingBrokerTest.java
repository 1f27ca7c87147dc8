package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.hot.EventView;
import io.tillstream.streams.StreamsService;
import io.tillstream.streams.broker.JournalFacts;
import io.tillstream.streams.broker.StreamsRun;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Posting on a real broker: restart, stops, and what it demands of the cluster. */
@Tag("cluster")
final class PostingBrokerTest extends PostingOnBroker {
    private static final int EVENTS = 400;
    private static final int REPEATED_EVERY = 5;

    @Test
    void shouldRefuseEveryRepeatWhenItIsRestarted() throws Exception {
        Topology real = PostingTopology.build(topics.registry(), PARTITIONS, 0, new SimpleMeterRegistry());
        int repeats = runAndStop(real, "first");
        Topology again = PostingTopology.build(topics.registry(), PARTITIONS, 0, new SimpleMeterRegistry());
        try (StreamsRun run = start(again, "second")) {
            repeats += send(0, EVENTS, 1) - EVENTS;
            send(EVENTS, EVENTS + 50, 1);
            awaitCount(Topics.REFUSED, repeats + EVENTS, run);
            awaitCount(Topics.JOURNAL, PARTITIONS + EVENTS + 50, run);
        }
        JournalFacts journal = JournalFacts.of(topics.read(Topics.JOURNAL));
        assertThat(journal).isEqualTo(new JournalFacts(PARTITIONS + EVENTS + 50, once(EVENTS + 50), 0, 0, 0));
        assertThat(refused()).extracting(Refused::getReason).containsOnly(Refusal.DUPLICATE);
    }

    /** Mutant: the sink places entries by their key, as it would by default. */
    @Test
    void shouldBeStoppedByTheSequenceWhenTheSinkTakesKafkasOwnPartitioner() throws Exception {
        StreamPartitioner<byte[], PostingProcessor.Entry> kafkasOwn = (topic, key, entry, count) -> Optional.empty();
        runAndStop(mutant(kafkasOwn), "mutant-first");
        JournalFacts before = JournalFacts.of(topics.read(Topics.JOURNAL));
        assertThat(before.misplaced()).isPositive();
        assertThat(before.gaps()).isPositive();
        assertThat(before.broken()).isPositive();
        try (StreamsRun run = start(mutant(kafkasOwn), "mutant-second")) {
            Throwable failure = run.failure().get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(failure)
                    .hasRootCauseInstanceOf(BrokenInvariantException.class)
                    .rootCause()
                    .hasMessageContaining("expected sequence");
        }
        assertThat(topics.read(Topics.JOURNAL))
                .as("nothing is posted on a wrong state")
                .hasSize(before.entries());
    }

    /** Stops in the middle of what a poll has brought, with some entries of it made and none sent. */
    @Test
    void shouldPostEachEventOnceWhenItStoppedWithinABatch() throws Exception {
        AtomicInteger left = new AtomicInteger(EVENTS / 2);
        Supplier<Decider> stopping = () -> new Decider() {
            @Override
            Decision decide(Ledger ledger, Tenants.Tenant tenant, EventView event) {
                if (left.decrementAndGet() < 0) {
                    throw new BrokenInvariantException("Test: stopped within a batch");
                }
                return super.decide(ledger, tenant, event);
            }
        };
        sendTerms();
        send(0, EVENTS, 1);
        Topology broken = PostingTopology.build(
                topics.registry(),
                PARTITIONS,
                0,
                new SimpleMeterRegistry(),
                stopping,
                (topic, key, entry, count) -> entry.partition());
        try (StreamsRun run = start(broken, "broken")) {
            assertThat(run.failure().get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .hasRootCauseMessage("Test: stopped within a batch");
        }
        assertThat(topics.read(Topics.JOURNAL)).hasSizeLessThan(PARTITIONS + EVENTS);
        Topology real = PostingTopology.build(topics.registry(), PARTITIONS, 0, new SimpleMeterRegistry());
        try (StreamsRun run = start(real, "sound")) {
            awaitCount(Topics.JOURNAL, PARTITIONS + EVENTS, run);
        }
        assertThat(JournalFacts.of(topics.read(Topics.JOURNAL)))
                .isEqualTo(new JournalFacts(PARTITIONS + EVENTS, once(EVENTS), 0, 0, 0));
        assertThat(refused()).isEmpty();
    }

    private static Topology mutant(StreamPartitioner<byte[], PostingProcessor.Entry> partitioner) {
        return PostingTopology.build(
                topics.registry(), PARTITIONS, 0, new SimpleMeterRegistry(), Decider::new, partitioner);
    }

    /** Terms and events with repeats, all through. @return repeats */
    private static int runAndStop(Topology topology, String name) throws Exception {
        try (StreamsRun run = start(topology, name)) {
            sendTerms();
            int repeats = send(0, EVENTS, REPEATED_EVERY) - EVENTS;
            awaitCount(Topics.JOURNAL, PARTITIONS + EVENTS, run);
            awaitCount(Topics.REFUSED, repeats, run);
            return repeats;
        }
    }

    @Test
    void shouldNotStartWhenTheJournalIsMissingOrHasOtherPartitions() throws Exception {
        topics.drop();
        topics.make(Topics.EVENTS, PARTITIONS);
        assertThatThrownBy(() -> StreamsService.start(settings()).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The topic ledger-journal-changelog does not exist; run `tillstream topics apply`");
        topics.make(Topics.JOURNAL, PARTITIONS + 1);
        assertThatThrownBy(() -> StreamsService.start(settings()).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("payments.events has 4 partitions, ledger-journal-changelog 5; they must be equal");
    }

    @Test
    void shouldNotStartWhenTransactionsAreOfAnOlderVersion() throws Exception {
        setTransactionVersion(1, UpgradeType.SAFE_DOWNGRADE);
        try {
            assertThatThrownBy(() -> StreamsService.start(settings()).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction.version is 1, needed is 2");
        } finally {
            setTransactionVersion(2, UpgradeType.UPGRADE);
        }
    }

    private static void setTransactionVersion(int version, UpgradeType type) throws Exception {
        topics.admin()
                .updateFeatures(
                        Map.of("transaction.version", new FeatureUpdate((short) version, type)),
                        new UpdateFeaturesOptions())
                .all()
                .get();
        // The broker that answers describeFeatures learns of it from the metadata log.
        Awaitility.await()
                .atMost(LONG)
                .until(() -> topics.admin()
                                .describeFeatures()
                                .featureMetadata()
                                .get()
                                .finalizedFeatures()
                                .get("transaction.version")
                                .maxVersionLevel()
                        == version);
    }
}
