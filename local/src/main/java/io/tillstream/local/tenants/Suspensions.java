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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Switches a city, one of its channels or tenders off and on. */
public final class Suspensions {
    private final KafkaSettings kafka;
    private final AvroCodec<Suspension> codec;
    private final SchemaRegistryClient registry;
    private final Clock clock;

    /**
     * What is switched. Scopes do not know each other: the whole city and one of its channels may both be suspended, and each is
     * resumed by itself.
     *
     * @param channel empty for all channels
     * @param tender empty for all tenders
     */
    public record Scope(String tenant, Optional<Channel> channel, Optional<Tender> tender) {
        private String channelName() {
            return channel.map(Channel::name).orElse("");
        }

        private String tenderName() {
            return tender.map(Tender::name).orElse("");
        }

        private String key() {
            return String.join("|", tenant, channelName(), tenderName());
        }
    }

    /**
     * What became of a wish to resume.
     *
     * @param resumed whether a suspension of exactly that scope was in force; if not, nothing was written
     * @param inForce what of the city is suspended now
     */
    public record Resumption(boolean resumed, List<Suspension> inForce) {
        public Resumption {
            inForce = List.copyOf(inForce);
        }
    }

    public Suspensions(KafkaSettings kafka, SchemaRegistryClient registry, Clock clock) {
        this.kafka = kafka;
        this.codec = AvroCodec.of(Topics.CONTROLS, Suspension.class, registry);
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Returns when the brokers have it; every ingest instance follows within two seconds.
     *
     * @param reason told to the channel that asks
     * @throws IllegalArgumentException if there is no such city
     * @throws IllegalStateException if the brokers do not take it
     */
    public void suspend(Scope scope, String reason) {
        requireTenant(scope.tenant());
        write(scope, true, reason);
    }

    /**
     * Ends the suspension of exactly this scope, if there is one; returns when the brokers have it.
     *
     * @param reason kept with the record
     * @throws IllegalArgumentException if there is no such city
     * @throws IllegalStateException if the brokers do not take it, or do not tell what is suspended
     */
    public Resumption resume(Scope scope, String reason) {
        requireTenant(scope.tenant());
        Map<String, Suspension> inForce = inForce(scope.tenant());
        boolean resumed = inForce.remove(scope.key()) != null;
        if (resumed) {
            write(scope, false, reason);
        }
        return new Resumption(resumed, List.copyOf(inForce.values()));
    }

    /** Suspensions of a city that hold now, by their key. */
    private Map<String, Suspension> inForce(String tenant) {
        Map<String, Suspension> inForce = new TreeMap<>(LatestRecords.read(kafka, Topics.CONTROLS, codec));
        inForce.values().removeIf(suspension -> !suspension.getTenant().equals(tenant) || !suspension.getSuspended());
        return inForce;
    }

    private void requireTenant(String tenant) {
        if (!TenantsTopic.read(kafka, registry).containsKey(tenant)) {
            throw new IllegalArgumentException("there is no tenant " + tenant);
        }
    }

    private void write(Scope scope, boolean suspended, String reason) {
        Suspension suspension = new Suspension(
                scope.tenant(), scope.channelName(), scope.tenderName(), suspended, reason, clock.instant());
        byte[] key = scope.key().getBytes(StandardCharsets.UTF_8);
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
