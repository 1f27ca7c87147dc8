package io.tillstream.loadtests.bench.load;

import io.tillstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether every event that was answered 202 is committed in payments.events, once. Ids are compared by their lower half, 62 bits of a
 * SHA-256; every event of a load begins a payment, so the id stands in the record's key.
 */
public final class CommittedCheck {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration READ_MAX = Duration.ofMinutes(5);

    private final Map<String, Object> kafka;

    /**
     * What was found.
     *
     * @param accepted answered 202
     * @param committed in the topic, of this load
     * @param lost answered 202 and not there
     * @param doubled there more than once
     * @param unanswered there without a 202: their client got 503 or no answer
     */
    public record Found(long accepted, long committed, long lost, long doubled, long unanswered) {
        /** Nothing lost, nothing doubled. */
        public boolean isExact() {
            return lost == 0 && doubled == 0;
        }
    }

    public CommittedCheck(Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /** Ends of payments.events now, to begin from later. */
    public Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            return consumer.endOffsets(partitions);
        }
    }

    /** Compares with all that has come since these ends; other loads must not have run meanwhile. */
    public Found compare(LoadResult load, Map<TopicPartition, Long> since) {
        long[] accepted = accepted(load);
        long[] committed = committed(since);
        long lost = 0;
        long doubled = 0;
        long unanswered = 0;
        int at = 0;
        for (int i = 0; i < committed.length; i++) {
            if (i > 0 && committed[i] == committed[i - 1]) {
                doubled++;
                continue;
            }
            while (at < accepted.length && accepted[at] < committed[i]) {
                lost++;
                at++;
            }
            if (at < accepted.length && accepted[at] == committed[i]) {
                at++;
            } else {
                unanswered++;
            }
        }
        lost += accepted.length - at;
        return new Found(accepted.length, committed.length, lost, doubled, unanswered);
    }

    private static long[] accepted(LoadResult load) {
        AcceptedLog log = load.accepted();
        long[] ids = new long[log.acceptedCount()];
        int count = 0;
        for (int event = 0; event < log.size(); event++) {
            if (log.acceptedMicros(event) != 0) {
                ids[count++] = id(load.settings(), event);
            }
        }
        Arrays.sort(ids);
        return ids;
    }

    /** Lower half of an event's id. */
    public static long id(LoadSettings settings, int event) {
        String key = RequestTemplate.key(settings.run(), event);
        return BenchCities.eventId(settings.tenantOf(event), key).getLeastSignificantBits();
    }

    private long[] committed(Map<TopicPartition, Long> since) {
        long[] ids = new long[1 << 16];
        int count = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, since.getOrDefault(partition, 0L)));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long giveUpAt = System.nanoTime() + READ_MAX.toNanos();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                if (System.nanoTime() > giveUpAt) {
                    throw new IllegalStateException("payments.events could not be read within " + READ_MAX);
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (count == ids.length) {
                        ids = Arrays.copyOf(ids, 2 * count);
                    }
                    if (record.key() != null) { // cities' terms have none
                        ids[count++] = id(record.key());
                    }
                }
            }
        }
        long[] found = Arrays.copyOf(ids, count);
        Arrays.sort(found);
        return found;
    }

    private static long id(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        return UUID.fromString(text.substring(text.indexOf(':') + 1)).getLeastSignificantBits();
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(Topics.EVENTS.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toList());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
