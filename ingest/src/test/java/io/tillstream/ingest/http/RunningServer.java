package io.tillstream.ingest.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;
import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.ingest.auth.Authenticator;
import io.tillstream.ingest.cardguard.AccountFormats;
import io.tillstream.ingest.cardguard.CardGuard;
import io.tillstream.ingest.idempotency.RecentKeys;
import io.tillstream.ingest.intake.CardAlarm;
import io.tillstream.ingest.intake.EventCounters;
import io.tillstream.ingest.intake.Intake;
import io.tillstream.ingest.intake.SourceHashes;
import io.tillstream.ingest.limits.InFlight;
import io.tillstream.ingest.limits.TenantLimits;
import io.tillstream.ingest.publish.FakePublisher;
import io.tillstream.ingest.tenants.Cities;
import io.tillstream.ingest.tenants.TenantDirectory;
import io.tillstream.runtime.Health;
import io.tillstream.runtime.HealthStatus;
import io.tillstream.runtime.Metrics;
import io.tillstream.runtime.Ops;
import io.tillstream.runtime.TenantTag;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The server of a test with everything behind it real but the broker and the clock. */
final class RunningServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final int IN_FLIGHT_MAX = 50;
    static final int THREADS_MAX = 12;
    private static final Duration IDLE_MAX = Duration.ofSeconds(10);

    final FakePublisher publisher = new FakePublisher();
    final TenantDirectory directory = new TenantDirectory();
    final Metrics metrics = Metrics.start("ingest-test");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;

    private RunningServer(boolean isLoaded, Duration idleMax) {
        if (isLoaded) {
            Cities.load(directory, Cities.springfield(), Cities.city("slowtown", 1, 3));
        }
        CardGuard guard = new CardGuard(AccountFormats.of(List.of("springfield=4000-########-##")));
        CardAlarm alarm = new CardAlarm(publisher, () -> NOW, metrics.registry());
        Intake intake = new Intake(new Intake.Parts(
                guard,
                alarm,
                new SourceHashes("a key of at least thirty-two characters".getBytes(StandardCharsets.UTF_8)),
                directory,
                new RecentKeys(1000, Duration.ofHours(1), Ticker.systemTicker()),
                new InFlight(IN_FLIGHT_MAX),
                publisher,
                new EventCounters(metrics.registry(), new TenantTag(10)),
                () -> NOW));
        Duration clockDifferenceMax = Duration.ofMinutes(5);
        this.server = HttpServer.start(
                new HttpServer.Address("127.0.0.1", 0),
                new HttpServer.Parts(
                        directory,
                        new Authenticator(directory, () -> NOW, clockDifferenceMax, new SecureRandom()),
                        new TenantLimits(new TenantLimits.Rate(100, 100), TimeMeter.SYSTEM_MILLISECONDS),
                        guard,
                        alarm,
                        intake,
                        new HttpLimits(
                                64 * 1024, 256 * 1024, 100, 2, 500, THREADS_MAX, idleMax, Duration.ofSeconds(20)),
                        new Ops(new Health().ready("server", () -> HealthStatus.up("answers")), metrics),
                        metrics.registry()));
    }

    static RunningServer start() {
        return new RunningServer(true, IDLE_MAX);
    }

    static RunningServer startImpatient() {
        return new RunningServer(true, Duration.ofMillis(300));
    }

    static RunningServer startWithoutTenants() {
        return new RunningServer(false, IDLE_MAX);
    }

    int port() {
        return server.port();
    }

    /** Method and path of the routes that clients use. */
    Set<String> routes() {
        return server.routes().stream()
                .filter(route -> route.contains(" /v1/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String bearer(String channel) {
        return ApiKeys.bearer("springfield", channel + "-1", Cities.SECRET);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    /** A request of the web channel with JSON and a key. */
    HttpRequest.Builder payment(String key, String body) {
        return request("/v1/payments")
                .header("Authorization", bearer("web"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** A batch of the web channel. */
    HttpRequest.Builder batch(String body) {
        return request("/v1/payments:batch")
                .header("Authorization", bearer("web"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> pay(String key, String body) throws IOException, InterruptedException {
        return send(payment(key, body));
    }

    @Override
    public void close() {
        server.close();
        metrics.close();
    }
}
