package io.tillstream.ledgersink;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.tillstream.runtime.Metrics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Consumers of the sink: committed records only, positions from the database only. A position that Kafka does not have is an
 * error ("none"), never a silent jump.
 */
final class SinkConsumers {
    private static final String FETCH_MIN_BYTES = Integer.toString(256 * 1024);
    private static final String PARTITION_FETCH_MAX_BYTES = Integer.toString(8 * 1024 * 1024);
    private static final int HEARTBEATS_A_SESSION = 3;
    private static final String METADATA_AGE_MAX_MS = "15000";

    private final LedgerSinkSettings settings;
    private final Metrics metrics;

    SinkConsumers(LedgerSinkSettings settings, Metrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Makes a new consumer at each call: a fenced loop joins anew. */
    Supplier<Consumer<byte[], byte[]>> of(String intake, int number) {
        Map<String, Object> decided = new HashMap<>();
        decided.put(ConsumerConfig.GROUP_ID_CONFIG, "tillstream-ledger-sink-" + intake);
        decided.put(ConsumerConfig.CLIENT_ID_CONFIG, "ledger-sink-" + intake + "-" + number);
        decided.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        decided.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        decided.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        decided.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        decided.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(settings.pollRecordsMax()));
        decided.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
        decided.put(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                Long.toString(settings.pollWaitMax().toMillis()));
        decided.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_MAX_BYTES);
        long sessionMs = settings.sessionTimeout().toMillis();
        decided.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(sessionMs));
        decided.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Long.toString(sessionMs / HEARTBEATS_A_SESSION));
        // Topics may be made after the sink has started.
        decided.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MAX_MS);
        Map<String, Object> config = settings.kafka().with(decided);
        return () -> {
            Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            metrics.bind(new KafkaClientMetrics(consumer));
            return consumer;
        };
    }
}
