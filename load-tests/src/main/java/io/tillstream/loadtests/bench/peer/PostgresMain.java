package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** PostgreSQL alone, one connection per thread: each poll is one transaction of {@link PostgresPosting}, offsets included. */
public final class PostgresMain implements Runnable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int RECORDS_OF_POLL_MAX = 20_000;

    private final PeerSettings settings;
    private final int number;

    private PostgresMain(PeerSettings settings, int number) {
        this.settings = settings;
        this.number = number;
    }

    /** @param arguments the settings' file; its option is the JDBC URL */
    public static void main(String[] arguments) {
        PeerSettings settings = PeerSettings.load(arguments);
        for (int number = 0; number < settings.threads(); number++) {
            Thread poster = new Thread(new PostgresMain(settings, number), "poster-" + number);
            poster.setUncaughtExceptionHandler((thread, e) -> {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            });
            poster.start();
        }
    }

    @Override
    public void run() {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        PeerAvro<PaymentEvent> avro = new PeerAvro<>(settings.registryUrl(), Topics.EVENTS, PaymentEvent.class, true);
        try (Connection connection = DriverManager.getConnection(settings.option());
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings(), bytes, bytes)) {
            PostgresPosting posting = new PostgresPosting(connection, avro, number);
            consumer.assign(ownPartitions());
            for (TopicPartition partition : consumer.assignment()) {
                consumer.seek(partition, posting.nextOffset(partition.partition()));
            }
            while (!Thread.currentThread().isInterrupted()) {
                ConsumerRecords<byte[], byte[]> found = consumer.poll(POLL);
                if (!found.isEmpty()) {
                    posting.post(found);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<TopicPartition> ownPartitions() {
        List<TopicPartition> own = new ArrayList<>();
        for (int partition = number; partition < settings.partitions(); partition += settings.threads()) {
            own.add(new TopicPartition(settings.input(), partition));
        }
        return own;
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> consumer = new HashMap<>();
        consumer.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_OF_POLL_MAX);
        consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 << 20);
        consumer.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
        return consumer;
    }
}
