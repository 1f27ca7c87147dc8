package io.tillstream.local.tenants;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Switches a city, one of its channels or tenders off and on. */
public final class Suspensions {
    private final KafkaSettings kafka;
    private final SchemaRegistryClient registry;
    private final Clock clock;

    public Suspensions(KafkaSettings kafka, SchemaRegistryClient registry, Clock clock) {
        this.kafka = kafka;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Returns when the brokers have it; every ingest instance follows within two seconds.
     *
     * @param channel empty for all channels
     * @param tender empty for all tenders
     * @param reason told to the channel that asks
     * @throws IllegalArgumentException if there is no such city
     * @throws IllegalStateException if the brokers do not take it
     */
    public void turn(
            String tenant, Optional<Channel> channel, Optional<Tender> tender, boolean suspended, String reason) {
        if (!TenantsTopic.read(kafka, registry).containsKey(tenant)) {
            throw new IllegalArgumentException("there is no tenant " + tenant);
        }
        String channelName = channel.map(Channel::name).orElse("");
        String tenderName = tender.map(Tender::name).orElse("");
        AvroCodec<Suspension> codec = AvroCodec.of(Topics.CONTROLS, Suspension.class, registry);
        Suspension suspension = new Suspension(tenant, channelName, tenderName, suspended, reason, clock.instant());
        byte[] key = String.join("|", tenant, channelName, tenderName).getBytes(StandardCharsets.UTF_8);
        Map<String, Object> settings = kafka.with(Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "10000",
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000"));
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.CONTROLS.topicName(), key, codec.encode(suspension)))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The brokers did not take it: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before the brokers had it", e);
        }
    }
}
