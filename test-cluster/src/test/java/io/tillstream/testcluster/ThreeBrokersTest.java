package io.tillstream.testcluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "tillstream.cluster", matches = "containers")
class ThreeBrokersTest {

    private static final String TOPIC = "t";
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void shouldGoOnWithoutABrokerAndTakeItBackWhenItIsCutOffAndReconnected() throws Exception {
        try (ThreeBrokers brokers = ThreeBrokers.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()));
                var producer = producer(brokers)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 3))).all().get();
            int leader = partition(admin).leader().id();
            producer.send(record("before")).get();

            brokers.cutOff(leader);
            producer.send(record("during")).get();
            // Asking may hit the broker that was cut off, which still takes itself for the leader.
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> partition(admin).leader().id() != leader);

            brokers.reconnect(leader);
            Awaitility.await().atMost(SOON).until(() -> partition(admin).isr().size() == 3);
            assertThat(producer.send(record("after")).get().offset()).isEqualTo(2);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(ThreeBrokers brokers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers.bootstrapServers(), "acks", "all", "request.timeout.ms", 5_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>(TOPIC, value.getBytes(UTF_8));
    }

    private static TopicPartitionInfo partition(Admin admin) throws Exception {
        return admin.describeTopics(List.of(TOPIC))
                .allTopicNames()
                .get()
                .get(TOPIC)
                .partitions()
                .get(0);
    }
}
