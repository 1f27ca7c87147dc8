package io.tillstream.ingest;

import com.github.benmanes.caffeine.cache.Ticker;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.tillstream.ingest.auth.Authenticator;
import io.tillstream.ingest.auth.ControlKeys;
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
import io.tillstream.ingest.publish.KafkaEventPublisher;
import io.tillstream.ingest.tenants.DirectoryReader;
import io.tillstream.ingest.tenants.TenantDirectory;
import io.tillstream.ingest.tenants.TenantProfiles;
import io.tillstream.runtime.Health;
import io.tillstream.runtime.HealthStatus;
import io.tillstream.runtime.Metrics;
import io.tillstream.runtime.Ops;
import io.tillstream.runtime.Shutdown;
import io.tillstream.runtime.TenantTag;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** The whole of ingest: what is started, in the order of the way of a payment turned round, so that the door opens last. */
public final class Ingest implements AutoCloseable {
    private static final Duration CLOSING_MAX = Duration.ofSeconds(25);

    private final IngestSettings settings;
    private final Shutdown parts = new Shutdown(CLOSING_MAX);
    private final Metrics metrics;
    private final Health health = new Health();
    private final InstantSource clock = InstantSource.system();
    private final TenantDirectory directory = new TenantDirectory();
    private HttpServer http;

    private Ingest(IngestSettings settings) {
        this.settings = settings;
        this.metrics = parts.add("metrics", Metrics.start("ingest"));
    }

    /**
     * Listens when it returns; ready when the tenants have been read and the broker answers, see /health/ready.
     *
     * @throws IllegalStateException if the registry does not answer or misses a schema, or the control keyset cannot be read
     */
    public static Ingest start(IngestSettings settings) {
        Ingest ingest = new Ingest(settings);
        try {
            ingest.open();
            return ingest;
        } catch (RuntimeException e) {
            ingest.close();
            throw e;
        }
    }

    private void open() {
        SchemaRegistryClient registry = Registries.connect(settings.registryUrl());
        KafkaClients clients = new KafkaClients(settings.kafka());
        EventPublisher publisher = publisher(clients, registry);
        readDirectory(clients, registry);
        http = parts.add("http", http(publisher));
    }

    private EventPublisher publisher(KafkaClients clients, SchemaRegistryClient registry) {
        KafkaEventPublisher.Codecs codecs = new KafkaEventPublisher.Codecs(
                AvroCodec.of(Topics.EVENTS, PaymentEvent.class, registry),
                AvroCodec.of(Topics.QUARANTINE, Quarantined.class, registry));
        Admin admin = parts.add("admin", clients.admin());
        Producer<byte[], byte[]> producer = clients.producer(settings.publish());
        metrics.bind(new KafkaClientMetrics(producer));
        KafkaEventPublisher publisher = KafkaEventPublisher.start(
                producer, () -> KafkaClients.eventPartitions(admin), codecs, metrics.registry());
        health.ready(
                "broker",
                () -> publisher.isReady() ? HealthStatus.up(publisher.state()) : HealthStatus.down(publisher.state()));
        return parts.add("publisher", publisher);
    }

    private void readDirectory(KafkaClients clients, SchemaRegistryClient registry) {
        DirectoryReader.Codecs codecs = new DirectoryReader.Codecs(
                AvroCodec.of(Topics.TENANTS, Tenant.class, registry),
                AvroCodec.of(Topics.CONTROLS, Suspension.class, registry));
        TenantProfiles profiles = new TenantProfiles(secretOpener());
        DirectoryReader reader = DirectoryReader.start(clients::directoryConsumer, codecs, profiles, directory);
        parts.add("directory", reader);
        health.live(
                "directory-thread",
                () -> reader.isAlive() ? HealthStatus.up("reads") : HealthStatus.down("the thread has died"));
        health.ready(
                "directory",
                () -> directory.isLoaded()
                        ? HealthStatus.up(directory.tenantCount() + " tenants")
                        : HealthStatus.down("not read yet; " + reader.failure()));
        gauge("tillstream.ingest.tenants", "Tenants known", directory, TenantDirectory::tenantCount);
        gauge("tillstream.ingest.suspensions", "Suspensions in force", directory, TenantDirectory::suspensionCount);
    }

    private TenantProfiles.SecretOpener secretOpener() {
        if (settings.auth().controlKeysetFile().isEmpty()) {
            return (secret, tenant, keyId) -> {
                throw new GeneralSecurityException("auth.control-keyset-file is not set");
            };
        }
        try {
            return ControlKeys.open(settings.auth().controlKeysetFile().get())::open;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("auth.control-keyset-file cannot be used: " + e.getMessage(), e);
        }
    }

    private HttpServer http(EventPublisher publisher) {
        MeterRegistry meters = metrics.registry();
        CardGuard guard = new CardGuard(AccountFormats.of(settings.accountFormats()));
        CardAlarm alarm = new CardAlarm(publisher, clock, meters);
        IngestSettings.Limits limits = settings.limits();
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
                        intake(publisher, guard, alarm),
                        httpLimits(),
                        new Ops(health, metrics),
                        meters));
    }

    private Intake intake(EventPublisher publisher, CardGuard guard, CardAlarm alarm) {
        IngestSettings.Idempotency idempotency = settings.idempotency();
        RecentKeys recent = new RecentKeys(idempotency.keysMax(), idempotency.keptFor(), Ticker.systemTicker());
        InFlight inFlight = new InFlight(settings.publish().inFlightMax());
        gauge("tillstream.ingest.in.flight", "Events that wait for the broker", inFlight, InFlight::count);
        gauge("tillstream.ingest.keys.remembered", "Idempotency keys remembered", recent, RecentKeys::count);
        return new Intake(new Intake.Parts(
                guard,
                alarm,
                new SourceHashes(settings.sourceHashKey().reveal().getBytes(StandardCharsets.UTF_8)),
                directory,
                recent,
                inFlight,
                publisher,
                new EventCounters(
                        metrics.registry(), new TenantTag(settings.limits().tenantTagsMax())),
                clock));
    }

    private HttpLimits httpLimits() {
        IngestSettings.Http server = settings.http();
        return new HttpLimits(
                server.singleBytesMax(),
                server.batchBytesMax(),
                server.batchLinesMax(),
                server.batchesMax(),
                server.connectionsMax(),
                server.threadsMax(),
                server.idleMax(),
                server.bodyMax());
    }

    private <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).description(description).register(metrics.registry());
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    /** Stops listening, answers what has been taken, and closes the rest. */
    @Override
    public void close() {
        parts.close();
    }
}
