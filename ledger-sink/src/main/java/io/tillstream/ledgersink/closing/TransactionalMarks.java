package io.tillstream.ledgersink.closing;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Marks in one Kafka transaction. Closes are rare, so each opens a producer of its own under one transactional id: that ends
 * whatever a closer before it left open.
 */
public final class TransactionalMarks implements CloseMarks {
    private static final String TRANSACTIONAL_ID = "tillstream-closer";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final AvroCodec<BusinessDayClose> codec;
    private final IntPredicate marked;

    TransactionalMarks(KafkaSettings kafka, SchemaRegistryClient registry) {
        this(kafka, registry, partition -> true);
    }

    /**
     * For tests of what a lost mark does.
     *
     * @param marked partitions for which it is false get no mark
     */
    public TransactionalMarks(KafkaSettings kafka, SchemaRegistryClient registry, IntPredicate marked) {
        this.kafka = kafka;
        this.codec = AvroCodec.of(Topics.EVENTS, BusinessDayClose.class, registry);
        this.marked = marked;
    }

    @Override
    public void write(BusinessDayClose close) throws IOException {
        byte[] value = codec.encode(close);
        Producer<byte[], byte[]> producer = producer();
        try {
            producer.initTransactions();
            List<PartitionInfo> partitions = producer.partitionsFor(Topics.EVENTS.topicName());
            producer.beginTransaction();
            List<Future<?>> sent = new ArrayList<>();
            for (PartitionInfo partition : partitions) {
                if (marked.test(partition.partition())) {
                    sent.add(producer.send(
                            new ProducerRecord<>(Topics.EVENTS.topicName(), partition.partition(), null, value)));
                }
            }
            for (Future<?> record : sent) {
                record.get();
            }
            producer.commitTransaction();
        } catch (KafkaException | ExecutionException e) {
            throw new IOException("the mark was not written: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while writing the mark", e);
        } finally {
            // An open transaction is aborted by the next closer's start, or by its time limit.
            producer.close(CLOSE_LIMIT);
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = kafka.with(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.CLIENT_ID_CONFIG, "ledger-sink-closer",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "20000",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "15000",
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000"));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
