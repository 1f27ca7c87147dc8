package io.tillstream.local.tenants;

import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a compacted topic whole. */
final class LatestRecords {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private LatestRecords() {}

    /**
     * The latest record of every key; a key whose value was deleted is left out.
     *
     * @throws IllegalStateException if the broker does not give the topic within 30 s, or the topic is not there
     */
    static <T extends SpecificRecord> Map<String, T> read(KafkaSettings kafka, Topics topic, AvroCodec<T> codec) {
        Map<String, Object> settings = kafka.with(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"));
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName(), LIMIT).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .collect(Collectors.toList());
            if (partitions.isEmpty()) {
                throw new IllegalStateException(
                        "There is no topic " + topic.topicName() + " yet; run `tillstream topics apply`");
            }
            return readToEnd(consumer, partitions, codec);
        }
    }

    private static <T extends SpecificRecord> Map<String, T> readToEnd(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, AvroCodec<T> codec) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
        Map<String, T> latest = new LinkedHashMap<>();
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadlineNs) {
                throw new IllegalStateException("The topic " + partitions.get(0).topic() + " could not be read within "
                        + LIMIT.toSeconds() + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (record.value() == null) {
                    latest.remove(key);
                } else {
                    latest.put(key, codec.decode(record.value()));
                }
            }
        }
        return latest;
    }
}
