package io.tillstream.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaEventPublisherTest {
    private static final UUID PAYMENT = new UUID(7, 9);

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicInteger partitions = new AtomicInteger(5);
    private final List<Boolean> told = new ArrayList<>();
    private KafkaEventPublisher publisher;

    @BeforeEach
    void start() throws IOException {
        SchemaRegistryClient registry = new MockSchemaRegistryClient();
        SchemaRegistration.apply(registry);
        publisher = KafkaEventPublisher.start(
                producer,
                partitions::get,
                new KafkaEventPublisher.Codecs(
                        AvroCodec.of(Topics.EVENTS, PaymentEvent.class, registry),
                        AvroCodec.of(Topics.QUARANTINE, Quarantined.class, registry)),
                new SimpleMeterRegistry());
        await().until(publisher::isReady);
    }

    @AfterEach
    void stop() {
        publisher.close();
    }

    @Test
    void shouldPutEventIntoTheKeysPartitionAndTellWhenAcknowledged() {
        publisher.publish(event(), PAYMENT, told::add);

        ProducerRecord<byte[], byte[]> record = producer.history().get(0);
        assertThat(record.topic()).isEqualTo("payments.events");
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("springfield:" + PAYMENT);
        assertThat(record.partition()).isEqualTo(PaymentKeys.partition(record.key(), 5));
        assertThat(record.timestamp()).isEqualTo(event().getReceivedAt().toEpochMilli());
        assertThat(told).isEmpty();
        producer.completeNext();
        assertThat(told).containsExactly(true);
    }

    @Test
    void shouldTellOnceWhenNotAcknowledged() {
        publisher.publish(event(), PAYMENT, told::add);
        producer.errorNext(new TimeoutException("expired"));

        assertThat(told).containsExactly(false);
    }

    @Test
    void shouldTellOnceWhenTheProducerThrows() {
        producer.sendException = new TimeoutException("no memory");
        publisher.publish(event(), PAYMENT, told::add);

        assertThat(told).containsExactly(false);
    }

    @Test
    void shouldNotBeReadyAndKeepItsPartitionsWhenTheirNumberChanges() {
        partitions.set(6);
        await().until(() -> !publisher.isReady());

        assertThat(publisher.state()).contains("from 5 to 6");
        publisher.publish(event(), PAYMENT, told::add);
        ProducerRecord<byte[], byte[]> record = producer.history().get(0);
        assertThat(record.partition()).isEqualTo(PaymentKeys.partition(record.key(), 5));
    }

    private static PaymentEvent event() {
        return new PaymentEvent(
                Ids.toId(new UUID(1, 1)),
                Ids.toId(PAYMENT),
                PaymentEventType.CAPTURED,
                Channel.WEB,
                Tender.CARD,
                EntryMode.NONE,
                DeclineClass.NONE,
                AvsResult.NONE,
                CvvResult.NONE,
                Instant.parse("2026-11-22T12:00:00Z"),
                Instant.parse("2026-11-22T12:00:00Z"),
                100L,
                0L,
                "USD",
                "springfield",
                "nova",
                List.of(),
                null,
                "",
                "",
                new Source("", "", "", "", "", ""));
    }
}
