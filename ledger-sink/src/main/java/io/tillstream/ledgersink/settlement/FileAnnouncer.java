package io.tillstream.ledgersink.settlement;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.SettlementFileReleased;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells the topic settlement.files of released files. The same file told twice is the same record. */
final class FileAnnouncer implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final AvroCodec<SettlementFileReleased> codec;

    FileAnnouncer(KafkaSettings kafka, SchemaRegistryClient registry) {
        codec = AvroCodec.of(Topics.FILES, SettlementFileReleased.class, registry);
        producer = new KafkaProducer<>(
                kafka.with(Map.of(
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
                        ProducerConfig.CLIENT_ID_CONFIG, "ledger-sink-files",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** @throws IOException when the brokers did not take it; tell it again */
    void announce(SettlementFileReleased file) throws IOException {
        byte[] key = file.getTenant().getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(Topics.FILES.topicName(), key, codec.encode(file)))
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("file " + file.getName() + " could not be announced: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while announcing " + file.getName(), e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }
}
