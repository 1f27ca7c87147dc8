package io.tillstream.console.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.TopicPlan;
import io.tillstream.schemas.Topics;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the watch reads from a real broker. */
@Tag("cluster")
final class PlatformWatchTest {
    @Test
    void shouldTellEndsAndCommittedOffsets(@TempDir Path directory) throws Exception {
        try (TestCluster cluster = TestCluster.start(directory, Need.BROKER)) {
            Map<String, String> kafka = Map.of("bootstrap.servers", cluster.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(kafka));
                    KafkaWatch watch = new KafkaWatch(KafkaSettings.of(kafka))) {
                TopicPlan.of(admin, 2, 1).apply(admin);
                write(kafka, Topics.EVENTS, 0, 5);
                write(kafka, Topics.EVENTS, 1, 7);
                write(kafka, Topics.JOURNAL, 1, 3);
                commit(admin, 0, 4);

                await().atMost(Duration.ofSeconds(20))
                        .ignoreExceptionsInstanceOf(ExecutionException.class)
                        .untilAsserted(() -> assertThat(watch.positions())
                                .isEqualTo(new KafkaWatch.Positions(
                                        Map.of(0, 6L, 1, 8L), Map.of(0, 0L, 1, 4L), Map.of(0, 4L))));
            }
        }
    }

    /** One transaction, as posting writes: a marker follows the records. */
    private static void write(Map<String, String> kafka, Topics topic, int partition, int records) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test-" + topic + partition);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < records; i++) {
                // The commit waits for every record and throws what one of them met.
                var unused = producer.send(new ProducerRecord<>(topic.topicName(), partition, null, new byte[] {1}));
            }
            producer.commitTransaction();
        }
    }

    private static void commit(Admin admin, int partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        "ledger",
                        Map.of(new TopicPartition(Topics.EVENTS.topicName(), partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }
}
