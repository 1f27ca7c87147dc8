package io.tillstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.local.cluster.SharedCluster;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class BacklogTest {
    /** Not the journal of the cluster that other tests read. */
    private static final String TOPIC = "backlog-entries";

    private final Map<Integer, Long> stored = new HashMap<>();
    private final Backlog backlog = new Backlog(SharedCluster.kafka(), TOPIC, List.of(TOPIC), () -> stored);

    @Test
    void shouldWaitForOpenTransactionsAndForTheDatabaseButNotForAbortedRecords() throws Exception {
        try (Admin admin = Admin.create(SharedCluster.kafka().with(Map.of()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(2), Optional.empty())))
                    .all()
                    .get();
        }
        try (Producer<byte[], byte[]> producer = producer()) {
            producer.initTransactions();
            write(producer);
            assertThat(backlog.isEmpty()).as("the transaction is open").isFalse();
            producer.abortTransaction();
            Awaitility.await("it was aborted").until(backlog::isEmpty);

            write(producer);
            producer.commitTransaction();
            assertThat(backlog.isEmpty()).as("the database does not have it").isFalse();
            // Aborted record and its mark are 0 and 1, so the entry is 2 and its mark 3.
            stored.put(0, 3L);
            Awaitility.await("the database has it").until(backlog::isEmpty);
        }
    }

    private static void write(Producer<byte[], byte[]> producer) {
        producer.beginTransaction();
        byte[] text = "entry".getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(new ProducerRecord<>(TOPIC, 0, text, text));
        producer.flush();
    }

    private static Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                SharedCluster.kafka().with(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "backlog-test")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
