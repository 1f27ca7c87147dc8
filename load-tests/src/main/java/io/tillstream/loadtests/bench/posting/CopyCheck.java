package io.tillstream.loadtests.bench.posting;

import io.tillstream.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Holds a copy against its source: as many records, and the same beginnings of them as a multiset, in each partition. */
final class CopyCheck {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int BEGINNING = 21; // header and the first id; no mark is shorter

    /** Count and an order-free sum over the beginnings. */
    private record Digest(long records, long sum) {}

    private CopyCheck() {}

    static CheckResult of(Place place, Input input) {
        Digest source = read(place, Topics.EVENTS.topicName());
        Digest copy = read(place, place.output());
        boolean exact = source.equals(copy) && copy.records() == input.records();
        return new CheckResult(exact, "source " + source + ", copy " + copy);
    }

    private static Digest read(Place place, String topic) {
        Map<String, Object> settings = new HashMap<>(place.cluster().kafka());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20_000);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> all = java.util.stream.IntStream.range(0, Place.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            long records = 0;
            long sum = 0;
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (var found : consumer.poll(POLL)) {
                    records++;
                    // Records without a key may be placed anywhere.
                    sum += digest(found.value(), found.key() == null ? -1 : found.partition());
                }
            }
            return new Digest(records, sum);
        }
    }

    private static long digest(byte[] value, int partition) {
        long hash = partition + 1L;
        for (int i = 0; i < Math.min(BEGINNING, value.length); i++) {
            hash = hash * 0x100_0000_01B3L + value[i];
        }
        return (hash ^ hash >>> 32) * 0x9E37_79B9_7F4A_7C15L;
    }
}
