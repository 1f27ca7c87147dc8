package io.tillstream.loadtests.bench.sink;

import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.hot.EntryView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What stands in the journal, read by a plain consumer: what the database must hold after a run.
 *
 * @param balances minor units by "tenant account currency"
 * @param heads hash of the last entry of each partition, in hexadecimal digits
 */
record Journal(long entries, long postings, Map<String, Long> balances, Map<Integer, String> heads) {
    private static final Duration POLL = Duration.ofMillis(500);

    /** Reads all of it. */
    static Journal read(BenchCluster cluster) {
        Map<String, Object> settings = new HashMap<>(cluster.kafka());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20_000);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Reading reading = new Reading();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> all = consumer.partitionsFor(Topics.JOURNAL.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(reading::add);
            }
        }
        return new Journal(reading.entries, reading.postings, reading.balances, reading.heads);
    }

    private static final class Reading {
        private final EntryView entry = new EntryView();
        private final Map<String, Long> balances = new TreeMap<>();
        private final Map<Integer, String> heads = new TreeMap<>();
        private long entries;
        private long postings;

        void add(ConsumerRecord<byte[], byte[]> found) {
            byte[] value = found.value();
            entry.wrap(value);
            entries++;
            for (int i = 0; i < entry.postingCount(); i++) {
                String key = text(entry.tenantAt(), entry.tenantLength()) + " "
                        + text(entry.accountAt(i), entry.accountLength(i)) + " "
                        + text(entry.currencyAt(), entry.currencyLength());
                balances.merge(key, entry.amount(i), Math::addExact);
                postings++;
            }
            heads.put(
                    found.partition(),
                    HexFormat.of().formatHex(Arrays.copyOfRange(value, entry.hashAt(), value.length)));
        }

        private String text(int at, int length) {
            return new String(entry.bytes(), at, length, StandardCharsets.UTF_8);
        }
    }
}
