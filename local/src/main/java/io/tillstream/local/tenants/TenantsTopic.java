package io.tillstream.local.tenants;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic {@code tenants} whole. */
public final class TenantsTopic {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private TenantsTopic() {}

    /**
     * The latest record of every city, by id.
     *
     * @throws IllegalStateException if the broker does not give the topic within 30 s, or the topic is not there
     */
    public static Map<String, Tenant> read(KafkaSettings kafka, SchemaRegistryClient registry) {
        AvroCodec<Tenant> codec = AvroCodec.of(Topics.TENANTS, Tenant.class, registry);
        Map<String, Object> settings = kafka.with(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"));
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.TENANTS.topicName(), LIMIT).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .collect(Collectors.toList());
            if (partitions.isEmpty()) {
                throw new IllegalStateException(
                        "There is no topic " + Topics.TENANTS.topicName() + " yet; run `tillstream topics apply`");
            }
            return readToEnd(consumer, partitions, codec);
        }
    }

    private static Map<String, Tenant> readToEnd(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, AvroCodec<Tenant> codec) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
        Map<String, Tenant> tenants = new LinkedHashMap<>();
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadlineNs) {
                throw new IllegalStateException(
                        "The topic tenants could not be read within " + LIMIT.toSeconds() + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Tenant tenant = codec.decode(record.value());
                tenants.put(tenant.getTenant(), tenant);
            }
        }
        return tenants;
    }
}
