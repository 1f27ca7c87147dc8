package io.tillstream.loadtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ledgersink.closing.TransactionalMarks;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.loadtests.workload.WorkloadWriter;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Settings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.StreamsService;
import io.tillstream.streams.StreamsSettings;
import io.tillstream.testcluster.CommittedRecords;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mutant of a closer that leaves out a partition, from the closer to the batch on a real broker. */
@Tag("cluster")
class LostMarkTest {
    private static final int PARTITIONS = 3;
    private static final int LOST = 1;
    private static final int EVENTS = 300;
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final String WAITING = "tillstream_settlement_batches_waiting";
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private TestCluster cluster;
    private SchemaRegistryClient registry;

    @Test
    void shouldHoldBackEveryBatchFromThatDateOnWhenThePartitionLostTheMark() throws Exception {
        try (TestCluster started = TestCluster.start(directory.resolve("cluster"), Need.REGISTRY)) {
            cluster = started;
            registry = Registries.connect(cluster.registryUrl());
            pay();
            try (StreamsService streams = StreamsService.start(settings())) {
                OpsPage page = new OpsPage(streams.opsPort());
                close(MONDAY, partition -> partition != LOST);
                await().until(() -> page.value(WAITING) == 1);
                close(TUESDAY, partition -> true);
                await().until(() -> page.value(WAITING) == 2);
                await().until(() -> !refusedMarks().isEmpty());
                assertThat(refusedMarks()).containsExactly("CLOSE_OUT_OF_ORDER in " + LOST);
                assertThat(batches()).isEmpty();

                // The marks that were missing, late: it was their absence that held the batches back.
                close(MONDAY, partition -> partition == LOST);
                close(TUESDAY, partition -> partition == LOST);
                await().until(() -> batches().size() == 2);
                assertThat(batches()).containsExactly("city0-20260302", "city0-20260303");
                assertThat(page.value(WAITING)).isZero();
            }
        }
    }

    private void pay() throws Exception {
        WorkloadShape shape = new WorkloadShape(1, 1.0, 0.0, 0.0);
        try (WorkloadWriter writer = WorkloadWriter.open(kafka(), registry, PARTITIONS, 1, 1, shape, MONDAY)) {
            writer.write(EVENTS);
            writer.flush();
        }
    }

    private void close(LocalDate date, IntPredicate marked) throws Exception {
        new TransactionalMarks(
                        KafkaSettings.of(Map.of("bootstrap.servers", cluster.bootstrapServers())), registry, marked)
                .write(new BusinessDayClose(
                        "city0",
                        date,
                        date.plusDays(1),
                        date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    /** Refusals without an event are those of marks. */
    private List<String> refusedMarks() {
        return values(Topics.REFUSED, AvroCodec.of(Topics.REFUSED, Refused.class, registry)).stream()
                .filter(refused -> refused.getEvent() == null)
                .map(refused -> refused.getReason() + " in " + refused.getPartition())
                .toList();
    }

    private List<String> batches() {
        return values(Topics.BATCHES, AvroCodec.of(Topics.BATCHES, SettlementBatch.class, registry)).stream()
                .map(SettlementBatch::getBatchId)
                .sorted()
                .toList();
    }

    /** Everything committed in a topic up to now. */
    private <T extends SpecificRecord> List<T> values(Topics topic, AvroCodec<T> codec) {
        return CommittedRecords.of(kafka(), topic.topicName()).stream()
                .map(found -> codec.decode(found.value()))
                .toList();
    }

    private StreamsSettings settings() {
        return Settings.load(
                StreamsSettings.class,
                ConfigFactory.parseMap(Map.of(
                        "kafka", kafka(),
                        "registry.url", cluster.registryUrl(),
                        "roles", List.of("posting", "settlement"),
                        "state.directory", directory.resolve("streams").toString(),
                        "internal.replication", 1,
                        "ops.port", 0)));
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", cluster.bootstrapServers());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(200));
    }
}
