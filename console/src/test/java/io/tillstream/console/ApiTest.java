package io.tillstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillstream.console.ConsoleFixture.Running;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
@ExtendWith(ConsoleFixture.class)
final class ApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CAPTURED = "11111111-1111-8111-8111-111111111111";
    private final Running running;

    ApiTest(Running running) {
        this.running = running;
    }

    @Test
    void shouldTellAPaymentsLife() {
        JsonNode payment = all("/v1/payments/" + CAPTURED);

        assertThat(payment.path("status").asText()).isEqualTo("PARTLY_REFUNDED");
        assertThat(payment.path("captured").asLong()).isEqualTo(12345);
        assertThat(payment.path("refunded").asLong()).isEqualTo(2000);
        assertThat(payment.path("currency").asText()).isEqualTo("USD");
        assertThat(texts(payment.path("events"), "eventType")).containsExactly("CAPTURED", "REFUNDED");
        assertThat(payment.at("/events/0/postings").toString())
                .isEqualTo(
                        "[{\"postingNumber\":0,\"account\":\"clearing:acme\",\"currency\":\"USD\",\"amount\":12345},"
                                + "{\"postingNumber\":1,\"account\":\"fund:water\",\"currency\":\"USD\",\"amount\":-12095},"
                                + "{\"postingNumber\":2,\"account\":\"convenience-fee\",\"currency\":\"USD\",\"amount\":-250}]");
        assertThat(payment.at("/events/0/recordedAt").asText()).isEqualTo("2026-11-21T15:00:01Z");
        assertThat(payment.at("/events/0/clientReference").asText()).isEqualTo("<script>alert(1)</script>\"'&");
        assertThat(texts(payment.path("refusals"), "reason")).containsExactly("CONFLICTING_DUPLICATE");
    }

    @Test
    void shouldGiveAnEntryByItsPosition() {
        JsonNode entry = all("/v1/entries/1/2");

        assertThat(entry.path("kind").asText()).isEqualTo("RELEASED");
        assertThat(entry.path("refersTo").asLong()).isZero();
        assertThat(entry.path("reason").isNull()).isTrue();
        assertThat(entry.path("hash").asText()).isEqualTo("b2".repeat(32));
        assertThat(entry.path("postings")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    QUERY, POSITIONS
                    '', 1/0 1/1 1/2 0/0 0/1 0/2 0/3 0/4
                    tenant=norman, 0/0 0/1 0/2 0/3 0/4
                    tenant=norman&businessDate=2026-11-21, 0/0 0/1 0/2
                    businessDate=2026-11-22, 1/0 1/1 1/2 0/3 0/4
                    from=2026-11-22T15:20:00Z, 1/0 1/1 1/2 0/4
                    from=2026-11-21T15:00:01Z&to=2026-11-22T09:10:00-06:00, 0/1 0/2
                    """, useHeadersInDisplayName = true)
    void shouldFilterEntries(String query, String positions) {
        JsonNode page = all("/v1/entries?" + query.replace("+", "%2B"));

        assertThat(positions(page)).isEqualTo(positions);
        assertThat(page.path("nextCursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    PATH, ROWS
                    /v1/entries?, 8
                    /v1/entries?tenant=norman, 5
                    /v1/balances?, 5
                    /v1/batches?, 2
                    /v1/anomalies?, 2
                    /v1/refusals?, 122
                    /v1/refusals?reason=DUPLICATE, 120
                    /v1/quarantine?, 8
                    """, useHeadersInDisplayName = true)
    void shouldGiveEveryRowOnceWhenPagesAreFollowed(String path, int rows) {
        for (int limit : new int[] {1, 3, 7, 1000}) {
            List<String> seen = new ArrayList<>();
            String cursor = "";
            while (cursor != null) {
                JsonNode page = all(path + "&limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
                page.path("items").forEach(item -> seen.add(item.toString()));
                assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
                cursor = page.path("nextCursor").isNull()
                        ? null
                        : page.path("nextCursor").asText();
            }
            assertThat(seen).as("limit " + limit).hasSize(rows);
            if (!path.contains("quarantine")) {
                assertThat(seen).as("limit " + limit).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void shouldAddBalancesUpOverPartitions() {
        JsonNode page = all("/v1/balances?tenant=norman");

        assertThat(page.path("items").toString())
                .isEqualTo(
                        "[{\"tenant\":\"norman\",\"account\":\"clearing:acme\",\"currency\":\"USD\",\"balance\":10345},"
                                + "{\"tenant\":\"norman\",\"account\":\"convenience-fee\",\"currency\":\"USD\",\"balance\":-250},"
                                + "{\"tenant\":\"norman\",\"account\":\"fund:water\",\"currency\":\"USD\",\"balance\":-10095}]");
    }

    @Test
    void shouldGiveABatchWithItsLinesAndFiles() {
        JsonNode batch = all("/v1/batches/norman-20261121");

        assertThat(batch.path("state").asText()).isEqualTo("WRITTEN");
        assertThat(batch.path("reason").isNull()).isTrue();
        assertThat(batch.path("net").asLong()).isEqualTo(12345);
        assertThat(texts(batch.path("lines"), "account")).containsExactly("convenience-fee", "fund:water");
        assertThat(texts(batch.path("files"), "name")).containsExactly(ConsoleFixture.NACHA, ConsoleFixture.DETAIL);
        assertThat(texts(all("/v1/batches?state=CLOSED").path("items"), "batchId"))
                .containsExactly("fresno-20261120");
    }

    @Test
    void shouldGiveAnomaliesSinceATime() {
        assertThat(texts(all("/v1/anomalies").path("items"), "anomalyId")).containsExactly("bin-1", "source-1");
        assertThat(texts(all("/v1/anomalies?since=2026-11-22T15:25:00Z").path("items"), "anomalyId"))
                .containsExactly("bin-1");
        assertThat(all("/v1/anomalies?tenant=norman").at("/items/0/evidence/0").asText())
                .isEqualTo("33333333-3333-8333-8333-333333333333");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    PATH, STATUS, ERROR, PARAMETER
                    /v1/payments/1234, 400, INVALID_PARAMETER, paymentId
                    /v1/payments/77777777-7777-8777-8777-777777777777, 404, NOT_FOUND,
                    /v1/entries?limit=1001, 400, INVALID_PARAMETER, limit
                    /v1/entries?limit=0, 400, INVALID_PARAMETER, limit
                    /v1/entries?limit=ten, 400, INVALID_PARAMETER, limit
                    /v1/entries?from=yesterday, 400, INVALID_PARAMETER, from
                    /v1/entries?from=2026-11-22T15:00:00, 400, INVALID_PARAMETER, from
                    /v1/entries?from=2026-11-22T15:00:00Z&to=2026-11-22T15:00:00Z, 400, INVALID_PARAMETER, to
                    /v1/entries?businessDate=22.11.2026, 400, INVALID_PARAMETER, businessDate
                    /v1/entries?cursor=AAAA, 400, INVALID_PARAMETER, cursor
                    /v1/entries?cursor=!, 400, INVALID_PARAMETER, cursor
                    /v1/entries?tenant=NORMAN, 400, INVALID_PARAMETER, tenant
                    /v1/entries?tennant=norman, 400, INVALID_PARAMETER, tennant
                    /v1/entries?tenant=norman&tenant=fresno, 400, INVALID_PARAMETER, tenant
                    /v1/entries/0/-1, 400, INVALID_PARAMETER, sequence
                    /v1/entries/0/99999999999999999999, 400, INVALID_PARAMETER, sequence
                    /v1/entries/0/5, 404, NOT_FOUND,
                    /v1/batches?state=closed, 400, INVALID_PARAMETER, state
                    /v1/batches/norman-20261122, 404, NOT_FOUND,
                    /v1/refusals?reason=no'reason, 400, INVALID_PARAMETER, reason
                    /v1/nothing, 404, NOT_FOUND,
                    """, useHeadersInDisplayName = true)
    void shouldNameTheParameterWhenItCannotBeUsed(String path, int status, String error, String parameter) {
        HttpResponse<String> answer = get(path.replace("'", "%27"), running.token);
        JsonNode body = json(answer);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(body.path("error").asText()).isEqualTo(error);
        assertThat(body.path("parameter").asText(null)).isEqualTo(parameter);
        assertThat(body.path("reason").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/payments/" + CAPTURED,
                "/v1/entries",
                "/v1/entries/0/1",
                "/v1/balances",
                "/v1/batches",
                "/v1/batches/norman-20261121",
                "/v1/batches/norman-20261121/files/x",
                "/v1/anomalies",
                "/v1/refusals",
                "/v1/quarantine"
            })
    void shouldAnswer401WhenNobodyIsKnown(String path) {
        HttpResponse<String> without = new Browser(running.port()).get(path);
        HttpResponse<String> wrong = get(path, "tsq_wrong");

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).doesNotContain("norman").doesNotContain("tsq_wrong");
    }

    @Test
    void shouldServeAPersonWhoIsSignedIn() {
        assertThat(Browser.signedIn(running.port(), "finance")
                        .get("/v1/balances")
                        .statusCode())
                .isEqualTo(200);
    }

    private JsonNode all(String path) {
        HttpResponse<String> answer = get(path, running.token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        return json(answer);
    }

    private HttpResponse<String> get(String path, String token) {
        return new Browser(running.port()).get(path, "Authorization", "Bearer " + token);
    }

    private static String positions(JsonNode page) {
        List<String> positions = new ArrayList<>();
        page.path("items")
                .forEach(item -> positions.add(item.path("partition").asText() + "/"
                        + item.path("sequence").asText()));
        return String.join(" ", positions);
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + answer.body(), e);
        }
    }
}
