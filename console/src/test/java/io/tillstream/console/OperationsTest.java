package io.tillstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillstream.console.ConsoleFixture.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("cluster")
@ExtendWith(ConsoleFixture.class)
final class OperationsTest {
    private final Running running;

    OperationsTest(Running running) {
        this.running = running;
    }

    @Test
    void shouldAnswerForHealthAndMetricsWithoutALogin() {
        Browser anybody = new Browser(running.port());

        assertThat(anybody.get("/health/live").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> anybody.get("/health/ready").statusCode() == 200);
        assertThat(anybody.get("/metrics").body())
                .contains("jetty_server_requests", "hikaricp_connections", "tillstream_console_live_pages");
    }

    @Test
    void shouldSendChangedPanelsToAnOpenOverview() throws IOException, SQLException {
        HttpURLConnection stream = stream(Browser.signedIn(running.port(), "region"));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(eventsUntil(lines, "panel", "id=\"quarantine\"")).doesNotContain("id=\"pulse\"");
            change(
                    "insert into operations.tenant values ('norman-port', 'Port', 'UTC', '17:00', 'USD', 'EVERY_DAY', '{}')");
            change("update operations.tenant set name = 'Tulsa, renamed' where tenant = 'tulsa'");
            // The figures are due again when the console's clock has moved on.
            running.clock.advance(Duration.ofSeconds(5));
            assertThat(eventsUntil(lines, "panel", "Tulsa, renamed"))
                    .contains("id=\"tenants\"")
                    .doesNotContain("norman-port");
        } finally {
            stream.disconnect();
            change("update operations.tenant set name = 'City of <b>Tulsa</b>' where tenant = 'tulsa'");
            change("delete from operations.tenant where tenant = 'norman-port'");
        }
    }

    @Test
    void shouldAddNewEntriesToTheOpenDaysTotals() throws SQLException {
        Browser operator = Browser.signedIn(running.port(), "operator");
        await().atMost(Duration.ofSeconds(20)).until(() -> captured(operator).equals("900.00"));
        try {
            change(
                    "insert into ledger.entry select 3, source_offset, refers_to, recorded_at, partition, business_date, 10000,"
                            + " occurred_at, received_at, gen_random_uuid(), gen_random_uuid(), tenant, kind, reason, tender, currency,"
                            + " through, event_type, channel, processor, client_reference, payer_reference, card_fingerprint, card_bin,"
                            + " card_last_four, page_version, items, hash from ledger.entry where partition = 1 and sequence = 1");
            change("update operations.sink_offset set next_sequence = 4 where topic like 'ledger%' and partition = 1");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> captured(operator).equals("1,000.00"));
        } finally {
            change("delete from ledger.entry where partition = 1 and sequence = 3");
            change("update operations.sink_offset set next_sequence = 3 where topic like 'ledger%' and partition = 1");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> captured(operator).equals("900.00"));
    }

    /** What the overview says that fresno captured, after a reading that is due. */
    private String captured(Browser operator) {
        running.clock.advance(Duration.ofSeconds(5));
        return operator.get("/")
                .body()
                .replaceFirst("(?s).*id=\"tenant-fresno\".*?data-label=\"Captured\" class=\"n\"><b>([^<]*)<.*", "$1");
    }

    @Test
    void shouldEndTheStreamWhenTheViewerSignsOut() throws IOException {
        Browser operator = Browser.signedIn(running.port(), "operator");
        HttpURLConnection stream = stream(operator);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
            eventsUntil(lines, "beat", ":");
            operator.post(
                    "/logout",
                    Map.of("token", Browser.formToken(operator.get("/").body())));
            eventsUntil(lines, "over", "signed out");
        } finally {
            stream.disconnect();
        }
    }

    @Test
    void shouldSaySoAndComeBackWhenTheDatabaseIsAway() {
        Browser operator = Browser.signedIn(running.port(), "operator");
        assertThat(operator.get("/").statusCode()).isEqualTo(200);
        running.cluster().stopDatabase();
        try {
            HttpResponse<String> api = operator.get("/v1/batches");
            assertThat(api.statusCode()).isEqualTo(503);
            assertThat(api.headers().firstValue("Retry-After")).isPresent();
            assertThat(api.body()).contains("DATABASE_UNAVAILABLE").doesNotContain("jdbc");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> operator.get("/health/ready").statusCode() == 503);
            assertThat(operator.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(operator.get("/").body())
                    .as("the overview keeps what it knew, and says that it is old")
                    .contains("City of Norman", "The database does not answer.");
        } finally {
            running.cluster().startDatabase();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> operator.get("/health/ready").statusCode() == 200);
        assertThat(operator.get("/v1/batches").statusCode()).isEqualTo(200);
    }

    private HttpURLConnection stream(Browser browser) throws IOException {
        HttpURLConnection stream = (HttpURLConnection) URI.create("http://127.0.0.1:" + running.port() + "/live")
                .toURL()
                .openConnection();
        stream.setRequestProperty("Accept", "text/event-stream");
        stream.setRequestProperty("Cookie", browser.cookieHeader());
        stream.setReadTimeout(10_000);
        return stream;
    }

    /** Reads events until one of that name holds the text, and gives all that was read. */
    private static String eventsUntil(BufferedReader lines, String name, String text) throws IOException {
        List<String> read = new ArrayList<>();
        String event = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.add(line);
            if (line.startsWith("event:")) {
                event = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5));
            } else if (line.isEmpty()) {
                if (event.equals(name) && data.indexOf(text) >= 0) {
                    return String.join("\n", read);
                }
                data.setLength(0);
            }
        }
        throw new AssertionError("the stream ended before " + name + " with " + text);
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = running.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
