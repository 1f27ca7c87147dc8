package io.tillstream.loadtests.bench.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The limit: a consumer and a transactional producer that copy records, made as long as posting's entries. Knows nothing of payments. */
public final class CopyMain implements Runnable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final PeerSettings settings;
    private final int number;
    private final Padding padding;
    private final ByteArraySerializer out = new ByteArraySerializer();
    private final ByteArrayDeserializer in = new ByteArrayDeserializer();

    private CopyMain(PeerSettings settings, int number) {
        this.settings = settings;
        this.number = number;
        padding = Padding.load(settings.padding());
    }

    /** @param arguments the settings' file */
    public static void main(String[] arguments) {
        PeerSettings settings = PeerSettings.load(arguments);
        for (int number = 0; number < settings.threads(); number++) {
            Thread copier = new Thread(new CopyMain(settings, number), "copier-" + number);
            copier.setUncaughtExceptionHandler((thread, e) -> {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            });
            copier.start();
        }
    }

    @Override
    public void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings(), in, in);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings(), out, out)) {
            producer.initTransactions();
            consumer.assign(ownPartitions());
            while (!Thread.currentThread().isInterrupted()) {
                transaction(consumer, producer);
            }
        }
    }

    /** Threads share the partitions by number; no rebalance takes any away. */
    private List<TopicPartition> ownPartitions() {
        List<TopicPartition> own = new ArrayList<>();
        for (int partition = number; partition < settings.partitions(); partition += settings.threads()) {
            own.add(new TopicPartition(settings.input(), partition));
        }
        return own;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a transaction commits only if every send succeeded
    private void transaction(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        long commitAt = System.nanoTime() + settings.commitIntervalMs() * 1_000_000L;
        boolean begun = false;
        while (System.nanoTime() < commitAt || !begun) {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                if (!begun) {
                    producer.beginTransaction();
                    commitAt = System.nanoTime() + settings.commitIntervalMs() * 1_000_000L;
                    begun = true;
                }
                producer.send(new ProducerRecord<>(
                        settings.output(),
                        found.partition(),
                        found.timestamp(),
                        found.key(),
                        padding.append(found.value())));
                offsets.put(
                        new TopicPartition(found.topic(), found.partition()),
                        new OffsetAndMetadata(found.offset() + 1));
            }
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> consumer = new HashMap<>();
        consumer.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, settings.id());
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4_000);
        return consumer;
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> producer = new HashMap<>();
        producer.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.id() + "-" + number);
        producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 100);
        return producer;
    }
}
