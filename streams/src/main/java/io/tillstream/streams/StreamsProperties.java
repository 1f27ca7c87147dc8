package io.tillstream.streams;

import io.tillstream.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams' own settings for a role: what the code decides, on top of the file's. */
final class StreamsProperties {
    /** How long a dead process keeps its partitions: a takeover waits for this. */
    private static final int SESSION_TIMEOUT_MS = 6_000;

    /**
     * How long a dead process's open transaction hides what others write behind it. No longer than the session, or the takeover would
     * wait for it. A living one is open for a commit interval; should it take so long, it is aborted, and done again.
     */
    private static final int TRANSACTION_TIMEOUT_MS = SESSION_TIMEOUT_MS;

    /**
     * How long a client may go on asking a broker that has been cut off from the others: it still answers, takes itself for the leader,
     * and gives none of the errors that make a client look for another one. Kafka's default is five minutes.
     */
    private static final int METADATA_AGE_MAX_MS = 10_000;

    private static final int RECORDS_OF_POLL_MAX = 1_000;

    private StreamsProperties() {}

    /** @param needs what the role's topology asks for */
    static Properties of(StreamsRole role, StreamsSettings settings, Map<String, Object> needs) {
        Map<String, Object> decided = new HashMap<>(needs);
        decided.put(StreamsConfig.APPLICATION_ID_CONFIG, role.applicationId());
        decided.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        decided.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        decided.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        decided.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        decided.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, role == StreamsRole.POSTING ? settings.postingThreads() : 1);
        decided.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.internalReplication());
        decided.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MAX_MS);
        decided.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        decided.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        decided.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), SESSION_TIMEOUT_MS / 4);
        decided.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS_OF_POLL_MAX);
        decided.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        decided.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        decided.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
        // An entry is somewhat longer than the event that it holds.
        decided.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.MESSAGE_BYTES_MAX);
        Properties properties = new Properties();
        properties.putAll(settings.kafka().with(decided));
        return properties;
    }
}
