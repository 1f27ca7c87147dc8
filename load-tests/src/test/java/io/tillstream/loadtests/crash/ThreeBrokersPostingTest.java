package io.tillstream.loadtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.tillstream.embedded.EmbeddedRegistry;
import io.tillstream.loadtests.check.JournalCheck;
import io.tillstream.loadtests.check.JournalReport;
import io.tillstream.loadtests.workload.Expected;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.loadtests.workload.WorkloadWriter;
import io.tillstream.runtime.Settings;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.StreamsService;
import io.tillstream.streams.StreamsSettings;
import io.tillstream.testcluster.ThreeBrokers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, three replicas, two of them in sync at least: one fails under load and comes back. */
@Tag("cluster")
@EnabledIfSystemProperty(named = "tillstream.cluster", matches = "containers")
class ThreeBrokersPostingTest {
    private static final int PARTITIONS = 4;
    private static final int TENANTS = 5;
    private static final int REPLICAS = 3;
    private static final int EVENTS_PER_SECOND = 300;
    private static final LocalDate OPEN_DATE = LocalDate.of(2026, 11, 20);
    private static final WorkloadShape SHAPE = new WorkloadShape(TENANTS, 1.0, 0.05, 0.05);
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    private Path directory;

    /** A frozen broker answers nobody, neither its peers nor clients, and comes back with all that it believed. */
    @Test
    void shouldGoOnWithoutABrokerAndPostEachEventOnceWhenItComesBack() throws Exception {
        runWithout((brokers, victim, told) -> {
            brokers.freeze(victim);
            awaitProgress(brokers, 1_000, told + ", without broker " + victim);
            brokers.thaw(victim);
        });
    }

    /**
     * A broker that clients reach and its peers do not still takes itself for leader and coordinator, and tells clients so. Kafka promises no
     * progress to who believes it (a transaction whose coordinator it is can't end), so none is asked for until it is back.
     */
    @Test
    void shouldPostEachEventOnceWhenABrokerIsCutOffFromItsPeersOnlyAndComesBack() throws Exception {
        runWithout((brokers, victim, told) -> {
            brokers.cutOff(victim);
            await(told + ", broker " + victim + " out of sync").until(() -> inSync(brokers) < REPLICAS);
            brokers.reconnect(victim);
        });
    }

    /** What befalls one of the three under load. */
    private interface Mishap {
        void befall(ThreeBrokers brokers, int victim, String told) throws Exception;
    }

    private void runWithout(Mishap mishap) throws Exception {
        long seed = Long.getLong("tillstream.seed", System.nanoTime());
        String told = "seed " + seed;
        int victim = 1 + new SplittableRandom(seed).nextInt(REPLICAS);
        try (ThreeBrokers brokers = ThreeBrokers.start();
                EmbeddedRegistry registry =
                        EmbeddedRegistry.start(directory.resolve("registry"), brokers.bootstrapServers(), 0);
                WorkloadWriter writer = WorkloadWriter.open(
                        kafka(brokers),
                        Registries.connect(registry.url()),
                        PARTITIONS,
                        REPLICAS,
                        seed,
                        SHAPE,
                        OPEN_DATE);
                StreamsService posting = StreamsService.start(settings(brokers, registry));
                Load load = Load.start(writer, EVENTS_PER_SECOND)) {
            awaitProgress(brokers, 500, told);
            mishap.befall(brokers, victim, told);
            long backAtMs = System.currentTimeMillis();
            await(told + ", broker " + victim + " back").until(() -> areOneCluster(brokers, backAtMs));
            await(told + ", broker " + victim + " in sync again").until(() -> inSync(brokers) == REPLICAS);
            awaitProgress(brokers, 500, told + ", with broker " + victim + " again");
            load.stop();
            assertExact(brokers, writer.expected(), told);
            assertThat(posting.health().liveReport().isUp()).as(told).isTrue();
        }
    }

    private static void assertExact(ThreeBrokers brokers, Expected expected, String told) {
        long marks = (long) TENANTS * PARTITIONS;
        await(told + ", every event through")
                .until(() -> JournalCheck.of(kafka(brokers), expected).entries() >= expected.accepted() + marks);
        JournalReport journal = JournalCheck.of(kafka(brokers), expected);
        assertThat(journal.isExact()).as("%s: %s", told, journal).isTrue();
        assertThat(journal)
                .as(told)
                .returns(expected.accepted() + marks, JournalReport::entries)
                .returns(expected.capturedTotal(), JournalReport::capturedTotal)
                .returns(expected.refundedTotal(), JournalReport::refundedTotal);
    }

    private StreamsSettings settings(ThreeBrokers brokers, EmbeddedRegistry registry) {
        return Settings.load(
                StreamsSettings.class,
                ConfigFactory.parseMap(Map.of(
                        "kafka", kafka(brokers),
                        "registry.url", registry.url(),
                        "roles", List.of("posting"),
                        "state.directory", directory.resolve("streams").toString(),
                        "ops.port", 0)));
    }

    private static Map<String, Object> kafka(ThreeBrokers brokers) {
        return Map.of("bootstrap.servers", brokers.bootstrapServers());
    }

    /** Waits until every partition of the journal has so many more committed offsets. */
    private static void awaitProgress(ThreeBrokers brokers, long offsets, String what) {
        Map<TopicPartition, Long> start = new HashMap<>();
        await(what).until(() -> {
            Map<TopicPartition, Long> now = committed(brokers);
            now.forEach(start::putIfAbsent);
            return now.entrySet().stream().allMatch(end -> end.getValue() >= start.get(end.getKey()) + offsets);
        });
    }

    private static Map<TopicPartition, Long> committed(ThreeBrokers brokers) throws Exception {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.put(new TopicPartition(Topics.JOURNAL.topicName(), partition), OffsetSpec.latest());
        }
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> ends = new HashMap<>();
        try (Admin admin = admin(brokers)) {
            admin.listOffsets(partitions, committed)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
        }
        return ends;
    }

    /** Whether all three know all that the controller knows: until then one would speak for partitions that it no longer leads. */
    private static boolean areOneCluster(ThreeBrokers brokers, long sinceMs) throws Exception {
        try (Admin admin = admin(brokers)) {
            List<ReplicaState> voters =
                    admin.describeMetadataQuorum().quorumInfo().get().voters();
            return voters.size() == REPLICAS
                    && voters.stream()
                            .allMatch(voter -> voter.lastCaughtUpTimestamp().orElse(0) > sinceMs);
        }
    }

    /** The fewest replicas in sync of a journal partition. */
    private static int inSync(ThreeBrokers brokers) throws Exception {
        String topic = Topics.JOURNAL.topicName();
        try (Admin admin = admin(brokers)) {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                    .mapToInt(partition -> partition.isr().size())
                    .min()
                    .orElseThrow();
        }
    }

    /** A new client for each question: one that came to the broker that is cut off would go on asking it. */
    private static Admin admin(ThreeBrokers brokers) {
        return Admin.create(Map.of(
                "bootstrap.servers", brokers.bootstrapServers(),
                "request.timeout.ms", 3_000,
                "default.api.timeout.ms", 6_000));
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions();
    }
}
