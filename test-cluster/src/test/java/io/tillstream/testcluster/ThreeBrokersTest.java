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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@Tag("cluster")
@EnabledIfSystemProperty(named = "tillstream.cluster", matches = "containers")
class ThreeBrokersTest {

    private static final String TOPIC = "t";
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void shouldGoOnWithoutABrokerAndTakeItBackWhenItIsCutOffAndReconnected() throws Exception {
        try (ThreeBrokers brokers = ThreeBrokers.start();
                var producer = producer(brokers)) {
            try (Admin admin = admin(brokers)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 3)))
                        .all()
                        .get();
            }
            int leader = partition(brokers).leader().id();
            producer.send(record("before")).get();

            brokers.cutOff(leader);
            producer.send(record("during")).get();
            Awaitility.await()
                    .atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> partition(brokers).leader().id() != leader);

            brokers.reconnect(leader);
            Awaitility.await()
                    .atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> partition(brokers).isr().size() == 3);
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

    /**
     * Asks with a new client each time: one that once came to the broker that is cut off, which still answers and takes itself for the
     * leader, would ask it for ever.
     */
    private static TopicPartitionInfo partition(ThreeBrokers brokers) throws Exception {
        try (Admin admin = admin(brokers)) {
            return admin.describeTopics(List.of(TOPIC))
                    .allTopicNames()
                    .get()
                    .get(TOPIC)
                    .partitions()
                    .get(0);
        }
    }

    private static Admin admin(ThreeBrokers brokers) {
        return Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers(), "request.timeout.ms", 5_000));
    }
}
