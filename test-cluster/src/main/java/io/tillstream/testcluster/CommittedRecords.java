package io.tillstream.testcluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a whole topic. */
public final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(50);

    private CommittedRecords() {}

    /**
     * Everything that is committed in a topic now, by partition and offset. Reads to the end of what is written, not of what can be
     * read: a commit is acknowledged before its markers stand in the partitions. So it also waits for transactions that are still open.
     *
     * @param kafka settings of a client
     */
    public static List<ConsumerRecord<byte[], byte[]>> of(Map<String, Object> kafka, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> committed = consumer(kafka, "read_committed");
                KafkaConsumer<byte[], byte[]> written = consumer(kafka, "read_uncommitted")) {
            List<TopicPartition> partitions = written.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = written.endOffsets(partitions);
            committed.assign(partitions);
            committed.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(partition -> committed.position(partition) < ends.get(partition))) {
                committed.poll(POLL).forEach(records::add);
            }
        }
        records.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return records;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> kafka, String isolation) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
