package io.tillstream.ledgersink.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers as the sink has them, with small polls. */
public final class TestConsumers {
    private TestConsumers() {}

    public static Supplier<Consumer<byte[], byte[]>> of(String group, String isolation, int recordsMax) {
        Map<String, Object> settings = new TreeMap<>(LedgerCluster.kafka()
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
        return () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
