package io.tillstream.loadtests.bench.ingest;

import com.github.benmanes.caffeine.cache.Ticker;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillstream.ingest.IngestSettings;
import io.tillstream.ingest.auth.Authenticator;
import io.tillstream.ingest.cardguard.AccountFormats;
import io.tillstream.ingest.cardguard.CardGuard;
import io.tillstream.ingest.http.HttpLimits;
import io.tillstream.ingest.http.HttpServer;
import io.tillstream.ingest.idempotency.RecentKeys;
import io.tillstream.ingest.intake.CardAlarm;
import io.tillstream.ingest.intake.EventCounters;
import io.tillstream.ingest.intake.Intake;
import io.tillstream.ingest.intake.SourceHashes;
import io.tillstream.ingest.limits.InFlight;
import io.tillstream.ingest.limits.TenantLimits;
import io.tillstream.ingest.publish.EventPublisher;
import io.tillstream.ingest.tenants.DirectoryReader;
import io.tillstream.ingest.tenants.TenantDirectory;
import io.tillstream.ingest.tenants.TenantProfiles;
import io.tillstream.runtime.Health;
import io.tillstream.runtime.HealthStatus;
import io.tillstream.runtime.Metrics;
import io.tillstream.runtime.Ops;
import io.tillstream.runtime.ServiceMain;
import io.tillstream.runtime.Shutdown;
import io.tillstream.runtime.TenantTag;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Ingest's server with all its checks and a publisher that acknowledges at once, without Avro and without Kafka: what ingest could take
 * if writing cost nothing. Wired as Ingest wires it.
 */
public final class AtOnceMain {
    private static final Duration CLOSING_MAX = Duration.ofSeconds(25);

    private AtOnceMain() {}

    /** @param arguments ingest's settings file */
    public static void main(String[] arguments) {
        ServiceMain.run("ingest-at-once", arguments, IngestSettings.class, AtOnceMain::start);
    }

    private static final class AtOnce implements EventPublisher {
        @Override
        public void publish(PaymentEvent event, UUID paymentId, Outcome outcome) {
            outcome.told(true);
        }

        @Override
        public void quarantine(Quarantined finding) {
            throw new IllegalStateException("a load sends no card numbers");
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public String state() {
            return "acknowledges at once";
        }
    }

    private static Shutdown start(IngestSettings settings) {
        Shutdown parts = new Shutdown(CLOSING_MAX);
        Metrics metrics = parts.add("metrics", Metrics.start("ingest"));
        TenantDirectory directory = new TenantDirectory();
        parts.add("directory", reader(settings, directory));
        Health health = new Health()
                .ready(
                        "directory",
                        () -> directory.isLoaded() ? HealthStatus.up("read") : HealthStatus.down("not read yet"));
        parts.add("http", http(settings, directory, metrics, health));
        return parts;
    }

    private static DirectoryReader reader(IngestSettings settings, TenantDirectory directory) {
        SchemaRegistryClient registry = Registries.connect(settings.registryUrl());
        DirectoryReader.Codecs codecs = new DirectoryReader.Codecs(
                AvroCodec.of(Topics.TENANTS, Tenant.class, registry),
                AvroCodec.of(Topics.CONTROLS, Suspension.class, registry));
        Map<String, Object> kafka = settings.kafka()
                .with(Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false));
        TenantProfiles profiles = new TenantProfiles((secret, tenant, keyId) -> {
            throw new GeneralSecurityException("a load signs nothing");
        });
        return DirectoryReader.start(
                () -> new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                codecs,
                profiles,
                directory);
    }

    private static HttpServer http(IngestSettings settings, TenantDirectory directory, Metrics metrics, Health health) {
        InstantSource clock = InstantSource.system();
        EventPublisher publisher = new AtOnce();
        MeterRegistry meters = metrics.registry();
        CardGuard guard = new CardGuard(AccountFormats.of(settings.accountFormats()));
        CardAlarm alarm = new CardAlarm(publisher, clock, meters);
        IngestSettings.Limits limits = settings.limits();
        Intake intake = new Intake(new Intake.Parts(
                guard,
                alarm,
                new SourceHashes(settings.sourceHashKey().reveal().getBytes(StandardCharsets.UTF_8)),
                directory,
                new RecentKeys(
                        settings.idempotency().keysMax(), settings.idempotency().keptFor(), Ticker.systemTicker()),
                new InFlight(settings.publish().inFlightMax()),
                publisher,
                new EventCounters(meters, new TenantTag(limits.tenantTagsMax())),
                clock));
        return HttpServer.start(
                new HttpServer.Address(settings.http().host(), settings.http().port()),
                new HttpServer.Parts(
                        directory,
                        new Authenticator(directory, clock, settings.auth().clockDifferenceMax(), new SecureRandom()),
                        new TenantLimits(
                                new TenantLimits.Rate(limits.eventsPerSecond(), limits.eventBurst()),
                                TimeMeter.SYSTEM_NANOTIME),
                        guard,
                        alarm,
                        intake,
                        limits(settings.http()),
                        new Ops(health, metrics),
                        meters));
    }

    private static HttpLimits limits(IngestSettings.Http http) {
        return new HttpLimits(
                http.singleBytesMax(),
                http.batchBytesMax(),
                http.batchLinesMax(),
                http.batchesMax(),
                http.connectionsMax(),
                http.threadsMax(),
                http.idleMax(),
                http.bodyMax());
    }
}
