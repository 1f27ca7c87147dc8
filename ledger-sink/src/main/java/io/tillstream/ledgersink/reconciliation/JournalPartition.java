package io.tillstream.ledgersink.reconciliation;

import io.tillstream.runtime.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed of one partition, from its beginning to where it ended when the reading began. */
final class JournalPartition {
    /** Short: behind the last record stand only the transaction's own, for which a poll waits in vain. */
    private static final Duration POLL = Duration.ofMillis(20);

    private JournalPartition() {}

    /** Takes each record in order. */
    @FunctionalInterface
    interface Reader<E extends Exception> {
        void take(ConsumerRecord<byte[], byte[]> record) throws E;
    }

    static Consumer<byte[], byte[]> consumer(KafkaSettings kafka) {
        return new KafkaConsumer<>(
                kafka.with(Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000",
                        // A fetch at the end of one partition would hold up the first of the next.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20",
                        ConsumerConfig.CLIENT_ID_CONFIG, "verify")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Partitions of a topic, ascending. */
    static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                .collect(Collectors.toList());
    }

    static <E extends Exception> void read(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, Reader<E> reader) throws E {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(Set.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    reader.take(record);
                }
            }
        }
    }
}
