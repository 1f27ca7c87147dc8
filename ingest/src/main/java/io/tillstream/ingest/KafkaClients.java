package io.tillstream.ingest;

import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka clients of ingest with the settings on which its promises rest. */
final class KafkaClients {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    private static final int BATCH_BYTES = 128 * 1024;

    private final KafkaSettings kafka;

    KafkaClients(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** acks=all and idempotent; max.block.ms 0, so that a send can never make a request wait. */
    Producer<byte[], byte[]> producer(IngestSettings.Publish publish) {
        long deliveryMaxMillis = publish.deliveryMax().toMillis();
        long lingerMillis = publish.linger().toMillis();
        long requestMillis = Math.min(ANSWER_MAX.toMillis(), deliveryMaxMillis - lingerMillis);
        Map<String, Object> decided = new HashMap<>();
        decided.put(ProducerConfig.CLIENT_ID_CONFIG, "tillstream-ingest");
        decided.put(ProducerConfig.ACKS_CONFIG, "all");
        decided.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        decided.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        decided.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0L);
        decided.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) deliveryMaxMillis);
        decided.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) requestMillis);
        decided.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
        decided.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        decided.put(ProducerConfig.BUFFER_MEMORY_CONFIG, publish.bufferBytes());
        decided.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofHours(1).toMillis());
        decided.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        decided.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, ANSWER_MAX.toMillis());
        return new KafkaProducer<>(kafka.with(decided), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads committed records from the beginning; belongs to no group. */
    Consumer<byte[], byte[]> directoryConsumer() {
        Map<String, Object> decided = new HashMap<>();
        decided.put(ConsumerConfig.CLIENT_ID_CONFIG, "tillstream-ingest-directory");
        decided.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        decided.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        decided.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        decided.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        decided.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        return new KafkaConsumer<>(kafka.with(decided), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Admin admin() {
        Map<String, Object> decided = new HashMap<>();
        decided.put(AdminClientConfig.CLIENT_ID_CONFIG, "tillstream-ingest-admin");
        decided.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
        decided.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
        decided.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        return Admin.create(kafka.with(decided));
    }

    /** Partitions of payments.events, asked of the cluster. */
    static int eventPartitions(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        String topic = Topics.EVENTS.topicName();
        return admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get(2 * ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .partitions()
                .size();
    }
}
