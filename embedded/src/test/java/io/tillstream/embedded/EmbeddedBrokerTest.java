package io.tillstream.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final String TOPIC = "t";
    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    Path directory;

    @Test
    void shouldKeepDataAndPortWhenStartedAgain() throws Exception {
        String address;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            address = broker.bootstrapServers();
            createTopic(address);
            commit(address, "first".getBytes(UTF_8));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            commit(address, "second".getBytes(UTF_8));
            assertThat(read(address, 2))
                    .extracting(value -> new String(value, UTF_8))
                    .containsExactly("first", "second");
        }
    }

    @Test
    void shouldTakeARecordOfAMegabyteWhenItIsWrittenInATransaction() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, Ports.free())) {
            createTopic(broker.bootstrapServers());
            commit(broker.bootstrapServers(), new byte[MEBIBYTE]);
            assertThat(read(broker.bootstrapServers(), 1))
                    .singleElement()
                    .satisfies(value -> assertThat(value).hasSize(MEBIBYTE));
        }
    }

    @Test
    void shouldRefuseWhenAnotherBrokerUsesTheDirectory() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another broker uses " + directory);
            assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
        }
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhenItsProcessIsKilled() throws Exception {
        Path log = directory.resolve("broker.out");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedBroker.class.getName(),
                directory.toString(),
                "0");
        String address;
        try (ChildProcess broker = ChildProcess.start(command, Map.of(), log, "TERM")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> broker.logTail().contains("READY "));
            address = broker.logTail()
                    .lines()
                    .filter(line -> line.startsWith("READY "))
                    .findFirst()
                    .orElseThrow()
                    .substring("READY ".length());
            createTopic(address);
            commit(address, "kept".getBytes(UTF_8));
            broker.killHard();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(read(address, 1))
                    .extracting(value -> new String(value, UTF_8))
                    .containsExactly("kept");
        }
    }

    private static void createTopic(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void commit(String address, byte[] value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", address, "transactional.id", "test", "max.request.size", 2 * MEBIBYTE);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
            producer.commitTransaction();
        }
    }

    private static List<byte[]> read(String address, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", address, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        List<byte[]> values = new java.util.ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            long giveUpAt = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < giveUpAt) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
