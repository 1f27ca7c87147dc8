package io.tillstream.local.connection;

import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far posting is in payments.events, by the offsets that it commits with its entries. */
public final class PostingLag implements AutoCloseable {
    /** Kafka Streams' application id of posting is its consumer group. */
    private static final String POSTING_GROUP = "ledger";

    private final Admin admin;

    public PostingLag(KafkaSettings kafka) {
        this.admin = Admin.create(kafka.with(Map.of()));
    }

    /** End of every partition of payments.events. @throws IllegalStateException if the broker does not tell */
    public Map<TopicPartition, Long> inputEnds() {
        String topic = Topics.EVENTS.topicName();
        int partitions = get(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return get(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** Offsets before these ends that posting has not committed; marks and transactions' ends count as well. */
    public long before(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(POSTING_GROUP).partitionsToOffsetAndMetadata());
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - offset(committed.get(end.getKey()))))
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The broker did not tell offsets: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the broker was asked for offsets", e);
        }
    }
}
