package io.tillstream.console.overview;

import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** Asks Kafka where topics end and how far posting is. */
final class KafkaWatch implements AutoCloseable {
    private static final String POSTING_GROUP = "ledger";
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final List<String> TOPICS = List.of(Topics.EVENTS.topicName(), Topics.JOURNAL.topicName());
    private final Admin admin;

    KafkaWatch(KafkaSettings kafka) {
        this.admin = Admin.create(kafka.with(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG, "tillstream-console",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(TIMEOUT_MILLIS),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(TIMEOUT_MILLIS))));
    }

    /**
     * Offsets by partition.
     *
     * @param events ends of payments.events
     * @param journal ends of the journal, up to the last committed transaction
     * @param posting what posting has committed of payments.events
     */
    record Positions(Map<Integer, Long> events, Map<Integer, Long> journal, Map<Integer, Long> posting) {}

    /** Throws what Kafka's client throws, or {@link TimeoutException}. */
    Positions positions() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        get(admin.describeTopics(TOPICS).allTopicNames())
                .forEach((topic, description) -> description.partitions().stream()
                        .map(TopicPartitionInfo::partition)
                        .forEach(partition -> latest.put(new TopicPartition(topic, partition), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        get(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        Map<TopicPartition, Long> committed = new HashMap<>();
        get(admin.listConsumerGroupOffsets(POSTING_GROUP).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return new Positions(of(ends, Topics.EVENTS), of(ends, Topics.JOURNAL), of(committed, Topics.EVENTS));
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Map<Integer, Long> of(Map<TopicPartition, Long> offsets, Topics topic) {
        return offsets.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic.topicName()))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().partition(), Map.Entry::getValue, Math::max, TreeMap::new));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
