package io.tillstream.local.demo;

import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far posting and the database are behind. */
final class DemoLag implements AutoCloseable {
    private static final String POSTING_GROUP = "ledger";

    private final Admin admin;
    private final DemoServices services;

    DemoLag(KafkaSettings kafka, DemoServices services) {
        this.admin = Admin.create(kafka.with(Map.of()));
        this.services = services;
    }

    /** Offsets of payments.events that posting has not committed yet; marks and transactions' ends count as well. */
    long posting() {
        Map<TopicPartition, Long> ends = inputEnds();
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(POSTING_GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - offset(committed.get(end.getKey())))
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not tell posting's offsets", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Records that the ledger sink has not stored yet. */
    long database() {
        return services.sinkLag();
    }

    /** End of every partition of payments.events. */
    Map<TopicPartition, Long> inputEnds() {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, DemoServers.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.EVENTS.topicName(), partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not tell the ends of payments.events", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while the broker was asked for offsets", e);
    }
}
