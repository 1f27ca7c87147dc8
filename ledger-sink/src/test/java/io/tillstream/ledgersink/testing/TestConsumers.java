package io.tillstream.ledgersink.testing;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers as the sink has them, with small polls. */
public final class TestConsumers {
    private TestConsumers() {}

    public static Supplier<Consumer<byte[], byte[]>> of(String group, String isolation, int recordsMax) {
        Map<String, Object> settings = settings(group, isolation, recordsMax);
        return () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** As above, but the brokers do not answer when it asks for the beginning of a topic, until {@code isAway} is false. */
    public static Supplier<Consumer<byte[], byte[]>> withoutBeginnings(String group, BooleanSupplier isAway) {
        Map<String, Object> settings = settings(group, "read_committed", 25);
        return () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
            @Override
            public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
                if (isAway.getAsBoolean()) {
                    throw new TimeoutException("Failed to get offsets by times in 60000ms");
                }
                return super.beginningOffsets(partitions);
            }
        };
    }

    private static Map<String, Object> settings(String group, String isolation, int recordsMax) {
        return new TreeMap<>(LedgerCluster.kafka()
                .with(Map.of(
                        "group.id", group,
                        "isolation.level", isolation,
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "none",
                        "partition.assignment.strategy", CooperativeStickyAssignor.class.getName(),
                        "max.poll.records", Integer.toString(recordsMax),
                        "session.timeout.ms", "6000",
                        "heartbeat.interval.ms", "500",
                        "metadata.max.age.ms", "500")));
    }
}
