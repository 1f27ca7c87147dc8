package io.tillstream.loadtests.bench.peer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What restoring is held against: a plain consumer reads a topic's committed records from beginning to end and prints how many. */
public final class ReaderMain {
    private static final Duration POLL = Duration.ofMillis(200);

    private ReaderMain() {}

    /** @param arguments the settings' file; {@code input} is the topic */
    public static void main(String[] arguments) {
        PeerSettings settings = PeerSettings.load(arguments);
        Map<String, Object> client = new HashMap<>();
        client.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4_000);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(client, bytes, bytes)) {
            List<TopicPartition> all = IntStream.range(0, settings.partitions())
                    .mapToObj(partition -> new TopicPartition(settings.input(), partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            long records = 0;
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                records += consumer.poll(POLL).count();
            }
            System.out.println("READ " + records);
        }
    }
}
