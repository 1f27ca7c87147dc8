package io.tillstream.streams.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.schemas.Anomaly;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Card;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.settlement.Parts;
import io.tillstream.testcluster.JavaProcess;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, killed at random moments under load: every anomaly once, every batch once. */
@Tag("cluster")
final class WatchersKilledTest {
    private static final long SEED = 20261122;
    private static final int PARTITIONS = 4;
    private static final int KILLS = 3;
    private static final int SOURCES = 150;
    private static final int ATTEMPTS_PER_SOURCE = 40;
    private static final int CITIES = 10;
    private static final int DAYS = 30;
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    @Test
    void shouldWriteEveryAnomalyAndEveryBatchOnceThoughKilled() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("cluster"), Need.BROKER, Need.REGISTRY);
                Admin admin = Admin.create(Map.<String, Object>of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers()))) {
            admin.createTopics(Arrays.stream(Topics.values())
                            .map(topic -> new NewTopic(topic.topicName(), topic.partitions(PARTITIONS), (short) 1))
                            .toList())
                    .all()
                    .get();
            SchemaRegistryClient registry = Registries.connect(cluster.registryUrl());
            SchemaRegistration.apply(registry);
            runWithKills(cluster, input(registry), admin);

            assertThat(read(cluster, Topics.ANOMALIES, AvroCodec.of(Topics.ANOMALIES, Anomaly.class, registry)).stream()
                            .map(Anomaly::getAnomalyId)
                            .sorted())
                    .as("seed %d", SEED)
                    .isEqualTo(IntStream.range(0, SOURCES)
                            .mapToObj(source -> "SOURCE_TESTING:tulsa:burst-" + source + ":2026-11-20T10:00:00Z")
                            .sorted()
                            .toList());
            assertThat(
                            read(cluster, Topics.BATCHES, AvroCodec.of(Topics.BATCHES, SettlementBatch.class, registry))
                                    .stream()
                                    .map(SettlementBatch::getBatchId)
                                    .sorted())
                    .as("seed %d", SEED)
                    .isEqualTo(batchIds());
        }
    }

    /** Sends the input in pieces; kills the process after some of them, in the middle of its work. */
    private void runWithKills(TestCluster cluster, List<ProducerRecord<byte[], byte[]>> input, Admin admin)
            throws Exception {
        Path output = directory.resolve("watchers.log");
        int piece = input.size() / (KILLS + 1) + 1;
        JavaProcess process = start(cluster, output);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            process.awaitLine(WatchersProcess.READY, LONG);
            for (int from = 0; from < input.size(); from += piece) {
                send(producer, input.subList(from, Math.min(input.size(), from + piece)));
                if (from + piece < input.size()) {
                    long before = offsetsDone(admin);
                    long wanted = before + 1 + random.nextInt(piece / 4);
                    Awaitility.await()
                            .atMost(LONG)
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> offsetsDone(admin) >= wanted);
                    process.killHard();
                    process = start(cluster, output);
                }
            }
            Awaitility.await().atMost(LONG).until(() -> isAllDone(admin));
        } finally {
            process.killHard();
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
            throws Exception {
        List<Future<?>> acknowledged = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            acknowledged.add(producer.send(record));
        }
        for (Future<?> one : acknowledged) {
            one.get();
        }
    }

    private JavaProcess start(TestCluster cluster, Path output) {
        return JavaProcess.start(
                WatchersProcess.class,
                output,
                List.of("-Xmx256m"),
                cluster.bootstrapServers(),
                cluster.registryUrl(),
                directory.resolve("state").toString());
    }

    /** Bursts and parts, shuffled, every part up to three times. */
    private List<ProducerRecord<byte[], byte[]>> input(SchemaRegistryClient registry) {
        AvroCodec<JournalEntry> entries = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry);
        AvroCodec<SettlementPart> parts = AvroCodec.of(Topics.PARTS, SettlementPart.class, registry);
        List<ProducerRecord<byte[], byte[]>> input = new ArrayList<>();
        for (int i = 0; i < SOURCES * ATTEMPTS_PER_SOURCE; i++) {
            JournalEntry entry = Journal.declined(i, Journal.START.plusMillis(60_000 + i));
            entry.getEvent().setSource(new Source("burst-" + i % SOURCES, "", "", "", "", ""));
            entry.getEvent().setCard(new Card("fp-" + i, "", "", ""));
            input.add(record(Topics.JOURNAL, random.nextInt(PARTITIONS), entries.encode(entry)));
        }
        for (int i = 0; i < CITIES * DAYS * PARTITIONS; i++) {
            SettlementPart part = Parts.part(
                    "city" + i % CITIES,
                    Parts.DATE.plusDays(i / CITIES % DAYS),
                    i / CITIES / DAYS % PARTITIONS,
                    PARTITIONS);
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                input.add(record(Topics.PARTS, 0, parts.encode(part)));
            }
        }
        Collections.shuffle(input, random);
        return input;
    }

    private static ProducerRecord<byte[], byte[]> record(Topics topic, int partition, byte[] value) {
        return new ProducerRecord<>(topic.topicName(), partition, Journal.START.toEpochMilli(), null, value);
    }

    private static List<String> batchIds() {
        return IntStream.range(0, CITIES * DAYS)
                .mapToObj(i -> Parts.part("city" + i % CITIES, Parts.DATE.plusDays(i / CITIES), 0, 1)
                        .getBatchId())
                .sorted()
                .toList();
    }

    private static long offsetsDone(Admin admin) throws Exception {
        return committed(admin).values().stream().mapToLong(Long::longValue).sum();
    }

    private static boolean isAllDone(Admin admin) throws Exception {
        Map<TopicPartition, Long> committed = committed(admin);
        Map<TopicPartition, Long> ends = ends(admin, committed.keySet());
        // The last offset of a topic that is written in transactions may be the mark of the last commit.
        return committed.size() == 2 * PARTITIONS + 1
                && ends.entrySet().stream()
                        .allMatch(end -> end.getValue() - committed.get(end.getKey())
                                <= (end.getKey().topic().endsWith("-repartition") ? 1 : 0));
    }

    private static Map<TopicPartition, Long> committed(Admin admin) throws Exception {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (String group : List.of(DetectionTopology.APPLICATION_ID, "settlement")) {
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        }
        return offsets;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, Set<TopicPartition> partitions) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, offset) -> ends.put(partition, offset.offset()));
        return ends;
    }

    private static <T extends SpecificRecord> List<T> read(TestCluster cluster, Topics topic, AvroCodec<T> codec) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        List<T> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic.topicName(), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).get(partitions.get(0));
            while (consumer.position(partitions.get(0)) < end) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(200))) {
                    values.add(codec.decode(found.value()));
                }
            }
        }
        return values;
    }
}
