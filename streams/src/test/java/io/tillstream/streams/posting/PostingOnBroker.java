package io.tillstream.streams.posting;

import com.typesafe.config.ConfigFactory;
import io.tillstream.runtime.Settings;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.StreamsSettings;
import io.tillstream.streams.batch.BatchClients;
import io.tillstream.streams.broker.Captures;
import io.tillstream.streams.broker.FreshTopics;
import io.tillstream.streams.broker.StreamsRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.streams.Topology;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A broker, fresh topics for each test, and what tests of posting on it do again and again. */
abstract class PostingOnBroker {
    static final int PARTITIONS = 4;
    static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    static FreshTopics topics;
    static PostingCodecs codecs;

    @BeforeAll
    static void startCluster() throws Exception {
        topics = FreshTopics.start(directory.resolve("cluster"));
        codecs = PostingCodecs.of(topics.registry());
    }

    @AfterAll
    static void stopCluster() {
        if (topics != null) {
            topics.close();
        }
    }

    @BeforeEach
    void makeTopics() throws Exception {
        topics.make(PARTITIONS);
    }

    static StreamsRun start(Topology topology, String name) {
        return StreamsRun.start(
                PostingTopology.APPLICATION_ID,
                topology,
                new BatchClients(),
                topics.bootstrapServers(),
                directory.resolve(name));
    }

    static StreamsSettings settings() {
        return Settings.load(
                StreamsSettings.class,
                ConfigFactory.parseMap(Map.of(
                        "kafka", Map.of("bootstrap.servers", topics.bootstrapServers()),
                        "registry.url", topics.registryUrl(),
                        "roles", List.of("posting"),
                        "state.directory", directory.resolve("service").toString(),
                        "ops.port", 0)));
    }

    static void sendTerms() throws Exception {
        byte[] terms = codecs.terms().encode(Captures.terms());
        try (KafkaProducer<byte[], byte[]> producer = topics.producer(Map.of())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                write(producer, partition, null, terms);
            }
        }
    }

    /** Captures by number; every n-th of them twice, further apart than a batch. @return records sent */
    static int send(int from, int to, int repeatedEvery) throws Exception {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(from, to).boxed().toList());
        if (repeatedEvery > 1) {
            IntStream.range(from, to).filter(n -> n % repeatedEvery == 0).forEach(numbers::add);
        }
        List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = topics.producer(Map.of())) {
            for (int number : numbers) {
                PaymentEvent event = Captures.capture(number);
                byte[] value = codecs.events().encode(event);
                acknowledged.add(
                        producer.send(new ProducerRecord<>(Topics.EVENTS.topicName(), Captures.key(event), value)));
            }
            for (Future<RecordMetadata> one : acknowledged) {
                one.get();
            }
        }
        return numbers.size();
    }

    static void write(KafkaProducer<byte[], byte[]> producer, int partition, byte[] key, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(Topics.EVENTS.topicName(), partition, key, value))
                .get();
    }

    static void awaitCount(Topics topic, int records, StreamsRun run) {
        Awaitility.await(topic + " with " + records)
                .atMost(LONG)
                .failFast(() -> run.failure().isDone())
                .until(() -> topics.read(topic).size() >= records);
    }

    static List<Refused> refused() {
        return topics.read(Topics.REFUSED).stream()
                .map(found -> codecs.refused().decode(found.value()))
                .toList();
    }

    static Map<UUID, Integer> once(int events) {
        return IntStream.range(0, events)
                .mapToObj(Captures::capture)
                .collect(Collectors.toMap(event -> Ids.toUuid(event.getEventId()), event -> 1));
    }
}
