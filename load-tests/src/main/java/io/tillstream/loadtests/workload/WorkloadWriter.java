package io.tillstream.loadtests.workload;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.TopicPlan;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the topics, writes the cities' terms to every partition and then a workload's events, each acknowledged. */
public final class WorkloadWriter implements AutoCloseable {
    private final Workload workload;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private WorkloadWriter(Workload workload, int partitions, KafkaProducer<byte[], byte[]> producer) {
        this.workload = workload;
        this.partitions = partitions;
        this.producer = producer;
    }

    /** Makes what is missing in the cluster and gives a writer for a new workload. */
    public static WorkloadWriter open(
            Map<String, Object> kafka,
            SchemaRegistryClient registry,
            int partitions,
            int replication,
            long seed,
            WorkloadShape shape,
            LocalDate openDate)
            throws IOException, ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            TopicPlan.of(admin, partitions, replication).apply(admin);
        }
        SchemaRegistration.apply(registry);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        ByteArraySerializer bytes = new ByteArraySerializer();
        Workload workload =
                new Workload(seed, shape, AvroCodec.of(Topics.EVENTS, PaymentEvent.class, registry), openDate);
        WorkloadWriter writer = new WorkloadWriter(workload, partitions, new KafkaProducer<>(settings, bytes, bytes));
        writer.writeTerms(AvroCodec.of(Topics.EVENTS, TenantTerms.class, registry));
        return writer;
    }

    private void writeTerms(AvroCodec<TenantTerms> codec) {
        for (TenantTerms terms : workload.terms()) {
            for (int partition = 0; partition < partitions; partition++) {
                send(new ProducerRecord<>(Topics.EVENTS.topicName(), partition, null, codec.encode(terms)));
            }
        }
        flush();
    }

    /** Sends {@code count} events; they are in the topic after the next {@link #flush}. */
    public void write(int count) {
        for (int i = 0; i < count; i++) {
            Workload.Sent sent = workload.next();
            int partition = PaymentKeys.partition(sent.key(), partitions);
            send(new ProducerRecord<>(Topics.EVENTS.topicName(), partition, sent.key(), sent.value()));
        }
    }

    /** Waits until the broker has all. @throws IllegalStateException if it refused one */
    public void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("An event could not be written", failed);
        }
    }

    /** What must come of all that was written. */
    public Expected expected() {
        return workload.expected();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells what the future would
    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    @Override
    public void close() {
        producer.close();
    }
}
