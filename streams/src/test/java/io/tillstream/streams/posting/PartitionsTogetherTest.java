package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.settlement.SettlementTopology;
import io.tillstream.streams.settlement.WaitingBatches;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two partitions with all events of a city: closes complete a batch only together, entries stay in their task's partition. */
final class PartitionsTogetherTest {
    private static final int PARTITIONS = 2;
    private static final LocalDate MONDAY = Script.FIRST_DATE;
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

    @TempDir
    Path stateDirectory;

    private final List<Partition> partitions =
            List.of(new Partition(0, PARTITIONS, new Decider()), new Partition(1, PARTITIONS, new Decider()));
    private final Script script = new Script(partitions.get(0));

    @BeforeEach
    void start() {
        partitions.forEach(partition -> partition.post(new TenantTerms("tulsa", "USD", MONDAY, 5, 1, 100_000L)));
        for (int i = 0; i < 20; i++) {
            sendToItsPartition("CAPTURED p" + i + " 1000 water=700 tax=300");
        }
    }

    @Test
    void shouldCompleteABatchWhenEveryPartitionHasClosed() {
        partitions.forEach(partition -> partition.close("tulsa", MONDAY, TUESDAY));
        List<SettlementBatch> batches = settle();
        assertThat(batches).extracting(SettlementBatch::getBatchId).containsExactly("tulsa-20260105");
        assertThat(batches.get(0).getEntryCount()).isEqualTo(20 + 2 + 2);
        assertThat(batches.get(0).getLines()).extracting(SettlementLine::getNet).containsExactly(20 * 300L, 20 * 700L);
    }

    /** The mutant: the close of Tuesday never reached partition 1. No batch may come of it, nor of any date after. */
    @Test
    void shouldNotCompleteABatchWhenOnePartitionLostTheMark() {
        partitions.forEach(partition -> partition.close("tulsa", MONDAY, TUESDAY));
        partitions.get(0).close("tulsa", TUESDAY, WEDNESDAY);
        partitions.forEach(partition -> partition.close("tulsa", WEDNESDAY, WEDNESDAY.plusDays(1)));

        assertThat(partitions.get(0).out.refused).isEmpty();
        assertThat(partitions.get(1).out.refused)
                .extracting(Refused::getReason)
                .containsExactly(Refusal.CLOSE_OUT_OF_ORDER);
        assertThat(settle()).extracting(SettlementBatch::getBatchId).containsExactly("tulsa-20260105");

        partitions.get(1).close("tulsa", TUESDAY, WEDNESDAY);
        assertThat(settle())
                .extracting(SettlementBatch::getBatchId)
                .containsExactly("tulsa-20260105", "tulsa-20260106");
    }

    @Test
    void shouldRestoreEachPartitionWhenEntriesStayInTheirTasksPartition() {
        close();
        List<List<byte[]>> topic = topic(JournalEntry::getPartition);
        for (int number = 0; number < PARTITIONS; number++) {
            assertThat(Partition.restored(topic.get(number)).chain().head())
                    .isEqualTo(partitions.get(number).ledger().chain().head());
        }
    }

    /** The mutant: Kafka's default placement by the record's key, under which marks, which have none, go anywhere. */
    @Test
    void shouldBeStoppedWhenTheSinkPlacesEntriesByKey() {
        close();
        List<List<byte[]>> topic = topic(entry -> entry.getEvent() == null
                ? 0
                : PaymentKeys.partition(
                        PaymentKeys.key(
                                entry.getTenant(),
                                io.tillstream.schemas.Ids.toUuid(
                                        entry.getEvent().getPaymentId())),
                        PARTITIONS));
        for (List<byte[]> journal : topic) {
            assertThatThrownBy(() -> Partition.restored(journal))
                    .isInstanceOf(BrokenInvariantException.class)
                    .hasMessageContaining("expected sequence");
        }
    }

    private void close() {
        partitions.forEach(partition -> partition.close("tulsa", MONDAY, TUESDAY));
        for (int i = 20; i < 30; i++) {
            sendToItsPartition("CAPTURED p" + i + " 1000");
        }
    }

    private void sendToItsPartition(String line) {
        PaymentEvent event = script.event(line);
        byte[] key = PaymentKeys.key("tulsa", io.tillstream.schemas.Ids.toUuid(event.getPaymentId()));
        partitions.get(PaymentKeys.partition(key, PARTITIONS)).post(event);
    }

    /** What the journal topic holds after the sink has placed the entries of both tasks, one of each in turn. */
    private List<List<byte[]>> topic(ToIntFunction<JournalEntry> placement) {
        List<List<byte[]>> topic = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            for (Partition partition : partitions) {
                if (i < partition.out.entries.size()) {
                    topic.get(placement.applyAsInt(partition.out.entries.get(i)))
                            .add(partition.out.journal.get(i));
                }
            }
        }
        return topic;
    }

    /** The batches that settlement makes of all parts so far. */
    private List<SettlementBatch> settle() {
        SchemaRegistryClient registry = TestCodecs.registry();
        AvroCodec<SettlementPart> parts = AvroCodec.of(Topics.PARTS, SettlementPart.class, registry);
        AvroCodec<SettlementBatch> batches = AvroCodec.of(Topics.BATCHES, SettlementBatch.class, registry);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, SettlementTopology.APPLICATION_ID);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                stateDirectory.resolve("s" + System.nanoTime()).toString());
        var topology = SettlementTopology.build(registry, new WaitingBatches(new SimpleMeterRegistry()));
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
            var input =
                    driver.createInputTopic(Topics.PARTS.topicName(), new ByteArraySerializer(), parts.serializer());
            partitions.forEach(partition -> partition.out.parts.forEach(input::pipeInput));
            return driver.createOutputTopic(
                            Topics.BATCHES.topicName(), new StringDeserializer(), batches.deserializer())
                    .readValuesToList();
        }
    }
}
