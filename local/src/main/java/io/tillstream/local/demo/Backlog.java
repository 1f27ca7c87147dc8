package io.tillstream.local.demo;

import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether something that an earlier run left is still on its way. Looked up in the topics: the sink's own lag is as of its last poll,
 * and a killed run leaves transactions whose end comes later.
 */
final class Backlog {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings kafka;
    private final String journal;
    private final List<String> ofPosting;
    private final Supplier<Map<Integer, Long>> stored;

    /** @param stored next offset of the database by partition of the journal; a partition of which it has nothing is left out */
    Backlog(KafkaSettings kafka, Supplier<Map<Integer, Long>> stored) {
        this(
                kafka,
                Topics.JOURNAL.topicName(),
                List.of(Topics.JOURNAL.topicName(), Topics.REFUSED.topicName(), Topics.QUARANTINE.topicName()),
                stored);
    }

    /** Of other topics, for tests. */
    Backlog(KafkaSettings kafka, String journal, List<String> ofPosting, Supplier<Map<Integer, Long>> stored) {
        this.kafka = kafka;
        this.journal = journal;
        this.ofPosting = List.copyOf(ofPosting);
        this.stored = stored;
    }

    /** Whether no transaction of posting is open and the database has every entry. */
    boolean isEmpty() {
        return isAllDecided() && unstored() == 0;
    }

    private boolean isAllDecided() {
        try (Consumer<byte[], byte[]> committed = consumer("read_committed");
                Consumer<byte[], byte[]> all = consumer("read_uncommitted")) {
            List<TopicPartition> partitions = partitions(all, ofPosting);
            return all.endOffsets(partitions, LIMIT).equals(committed.endOffsets(partitions, LIMIT));
        }
    }

    /** Entries behind what the database has, counted by reading them: offsets also count aborted records and transactions' ends. */
    private long unstored() {
        try (Consumer<byte[], byte[]> consumer = consumer("read_committed")) {
            List<TopicPartition> partitions = partitions(consumer, List.of(journal));
            Map<Integer, Long> next = stored.get();
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, next.getOrDefault(partition.partition(), 0L)));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
            long deadlineNs = System.nanoTime() + LIMIT.toNanos();
            long count = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadlineNs) {
                    throw new IllegalStateException("The journal could not be read within " + LIMIT.toSeconds() + " s");
                }
                count += consumer.poll(POLL).count();
            }
            return count;
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, List<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic, LIMIT)
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return partitions;
    }

    private Consumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> settings = kafka.with(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
