package io.tillstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpsServerTest {
    private final AtomicReference<HealthStatus> thread = new AtomicReference<>(HealthStatus.up("runs"));
    private final AtomicReference<HealthStatus> broker = new AtomicReference<>(HealthStatus.up("answers"));
    private final Metrics metrics = Metrics.start("ingest");
    private final Health health = new Health().live("thread", thread::get).ready("broker", broker::get);
    private final OpsServer server = OpsServer.start("127.0.0.1", 0, new Ops(health, metrics));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
        metrics.close();
    }

    @Test
    void shouldAnswer200WhenAllIsUp() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/live").body()).isEqualTo("""
                {"status":"UP","checks":{"thread":{"status":"UP","reason":"runs"}}}""");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswer503WithTheReasonWhenNotReady() throws Exception {
        broker.set(HealthStatus.down("no answer for 5 s"));

        HttpResponse<String> ready = get("/health/ready");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(ready.body()).isEqualTo("""
                {"status":"DOWN","checks":{"thread":{"status":"UP","reason":"runs"},\
                "broker":{"status":"DOWN","reason":"no answer for 5 s"}}}""");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswer503WhenNotAlive() throws Exception {
        thread.set(HealthStatus.down("died"));

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldShowMetersWithTheirServiceWhenScraped() throws Exception {
        TenantTag tenants = new TenantTag(1);
        for (String tenant : new String[] {"norman", "fresno", "tulsa", "norman"}) {
            metrics.registry()
                    .counter("payments.accepted", List.of(tenants.of(tenant)))
                    .increment();
        }

        HttpResponse<String> scrape = get("/metrics");

        assertThat(scrape.headers().firstValue("Content-Type")).contains(Metrics.CONTENT_TYPE);
        assertThat(scrape.body())
                .contains("payments_accepted_total{service=\"ingest\",tenant=\"norman\"} 2.0")
                .contains("payments_accepted_total{service=\"ingest\",tenant=\"other\"} 2.0")
                .contains("jvm_memory_used_bytes{")
                .doesNotContain("fresno");
    }

    @Test
    void shouldAnswerNothingElse() throws Exception {
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post =
                request("/metrics").POST(BodyPublishers.ofString("x")).build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void shouldSayWhichPortWhenItIsTaken() {
        assertThatThrownBy(() -> OpsServer.start("127.0.0.1", server.port(), new Ops(health, metrics))
                        .close())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
