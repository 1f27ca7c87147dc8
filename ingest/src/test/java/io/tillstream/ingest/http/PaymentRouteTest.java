package io.tillstream.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.ingest.intake.Bodies;
import io.tillstream.ingest.publish.FakePublisher;
import io.tillstream.ingest.tenants.Cities;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentIds;
import io.tillstream.schemas.ProcessorTerm;
import io.tillstream.schemas.Tenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentRouteTest {
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAnswer202WithDerivedIdsWhenBrokerHasIt() throws Exception {
        UUID id = PaymentIds.eventId("springfield", Channel.WEB, "key-1");

        HttpResponse<String> answer = server.pay("key-1", Bodies.CAPTURE);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"eventId\":\"" + id + "\",\"paymentId\":\"" + id + "\",\"status\":\"ACCEPTED\"}");
        PaymentEvent event = server.publisher.events().get(0);
        assertThat(event.getTenant()).isEqualTo("springfield");
        assertThat(event.getChannel()).isEqualTo(Channel.WEB);
        assertThat(event.getEventId()).isEqualTo(Ids.toId(id));
    }

    @Test
    void shouldAnswerOnlyWhenBrokerHasIt() {
        server.publisher.mode(FakePublisher.Mode.HOLD);
        CompletableFuture<HttpResponse<String>> answer = server.sendAsync(server.payment("key-1", Bodies.SHORT));
        await().until(() -> server.publisher.heldCount() == 1);
        assertThat(answer).isNotDone();

        server.publisher.tellHeld(true);

        assertThat(answer.join().statusCode()).isEqualTo(202);
    }

    @Test
    void shouldAnswer503AndForgetKeyWhenBrokerDoesNotAnswer() throws Exception {
        server.publisher.mode(FakePublisher.Mode.FAIL);
        HttpResponse<String> answer = server.pay("key-1", Bodies.SHORT);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body()).contains("BROKER_UNAVAILABLE");

        server.publisher.mode(FakePublisher.Mode.ACKNOWLEDGE);

        assertThat(server.pay("key-1", Bodies.SHORT).statusCode()).isEqualTo(202);
        assertThat(server.publisher.events()).hasSize(2);
    }

    @Test
    void shouldAnswer503WhenPublisherThrows() throws Exception {
        server.publisher.mode(FakePublisher.Mode.THROW);

        assertThat(server.pay("key-1", Bodies.SHORT).statusCode()).isEqualTo(503);
    }

    @Test
    void shouldPublishOnceWhenSameRequestComesAgain() throws Exception {
        HttpResponse<String> first = server.pay("key-1", Bodies.CAPTURE);
        String otherSource = Bodies.with(Bodies.CAPTURE, "/source/ip", "\"198.51.100.1\"");
        HttpResponse<String> second = server.pay("key-1", otherSource);

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(server.publisher.events()).hasSize(1);
    }

    @Test
    void shouldTakeRepeatAsSameWhenItNamesNoTime() throws Exception {
        assertThat(server.pay("key-1", Bodies.SHORT).statusCode()).isEqualTo(202);
        assertThat(server.pay("key-1", Bodies.SHORT).statusCode()).isEqualTo(202);
    }

    @Test
    void shouldTakeRepeatAsSameWhenTheProcessorChangedBetween() throws Exception {
        HttpResponse<String> first = server.pay("key-1", Bodies.SHORT);
        assertThat(server.publisher.events().get(0).getProcessor()).isEqualTo("nova");
        Tenant changed = Cities.springfield();
        changed.setProcessors(List.of(new ProcessorTerm("acme", "Acme", LocalDate.parse("2020-01-01"))));
        Cities.load(server.directory, changed);

        HttpResponse<String> retry = server.pay("key-1", Bodies.SHORT);

        assertThat(retry.statusCode()).isEqualTo(202);
        assertThat(retry.body()).isEqualTo(first.body());
        assertThat(server.publisher.events()).hasSize(1);
    }

    @Test
    void shouldLetRepeatWaitForTheFirst() {
        server.publisher.mode(FakePublisher.Mode.HOLD);
        CompletableFuture<HttpResponse<String>> first = server.sendAsync(server.payment("key-1", Bodies.SHORT));
        await().until(() -> server.publisher.heldCount() == 1);
        CompletableFuture<HttpResponse<String>> second = server.sendAsync(server.payment("key-1", Bodies.SHORT));
        CompletableFuture<HttpResponse<String>> conflict = server.sendAsync(server.payment("key-1", Bodies.CAPTURE));
        assertThat(conflict.join().statusCode()).isEqualTo(409);
        assertThat(second).isNotDone();

        server.publisher.mode(FakePublisher.Mode.FAIL); // should the second come only now, it is tried anew
        server.publisher.tellHeld(false);

        assertThat(first.join().statusCode()).isEqualTo(503);
        assertThat(second.join().statusCode()).isEqualTo(503);
    }

    @Test
    void shouldAnswer409WhenKeyComesWithAnotherBody() throws Exception {
        server.pay("key-1", Bodies.SHORT);
        HttpResponse<String> answer = server.pay("key-1", Bodies.with(Bodies.SHORT, "/amount", "101"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains("CONFLICTING_DUPLICATE")
                .contains(
                        PaymentIds.eventId("springfield", Channel.WEB, "key-1").toString());
        assertThat(server.publisher.events()).hasSize(1);
    }

    @Test
    void shouldKeepKeysOfChannelsApart() throws Exception {
        server.pay("key-1", Bodies.SHORT);
        HttpResponse<String> answer = server.send(server.payment("key-1", Bodies.with(Bodies.SHORT, "/amount", "101"))
                .setHeader("Authorization", RunningServer.bearer("counter")));

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            text/plain,                         415
            application/xml,                    415
            application/json; charset=utf-16,   415
            application/json,                   202
            'application/json; charset=UTF-8',  202
            'application/json;charset="utf-8"', 202
            """)
    void shouldTakeJsonInUtf8Only(String contentType, int status) throws Exception {
        assertThat(server.send(server.payment("key-1", Bodies.SHORT).setHeader("Content-Type", contentType))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void shouldAnswer415WhenBodyIsCompressed() throws Exception {
        assertThat(server.send(server.payment("key-1", Bodies.SHORT).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void shouldAnswer413WhenBodyIsTooLarge() throws Exception {
        String large = Bodies.with(Bodies.SHORT, "/clientReference", "\"" + "x".repeat(64 * 1024) + "\"");
        assertThat(server.pay("key-1", large).statusCode()).isEqualTo(413);

        HttpRequest.Builder chunked = server.payment("key-1", "")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(
                        List.of(large.getBytes(StandardCharsets.UTF_8), new byte[10])));
        assertThat(server.send(chunked).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"1, 202", "200, 202", "201, 400"})
    void shouldBoundKey(int length, int status) throws Exception {
        assertThat(server.pay("k".repeat(length), Bodies.SHORT).statusCode()).isEqualTo(status);
    }

    @Test
    void shouldAnswer400WithFieldAndReason() throws Exception {
        HttpResponse<String> answer = server.pay("key-1", Bodies.with(Bodies.CAPTURE, "/items/0/amount", "-1"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":\"INVALID_FIELD\",\"field\":\"items[0].amount\",\"reason\":\"is not positive\"}");
        HttpResponse<String> noKey = server.send(server.request("/v1/payments")
                .header("Authorization", RunningServer.bearer("web"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Bodies.SHORT)));
        assertThat(noKey.statusCode()).isEqualTo(400);
        assertThat(noKey.body()).contains("\"field\":\"Idempotency-Key\"");
    }

    @Test
    void shouldAnswer403WhenChannelMayNotSendIt() throws Exception {
        HttpResponse<String> answer = server.pay("key-1", Bodies.with(Bodies.SHORT, "/tender", "\"CASH\""));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("NOT_ALLOWED").contains("\"field\":\"tender\"");
    }

    @Test
    void shouldAnswer429ForTheTenantThatSendsTooMuchOnly() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        HttpResponse<String> last = null;
        for (int i = 0; i < 6; i++) {
            last = server.send(server.payment("key-" + i, Bodies.SHORT)
                    .setHeader("Authorization", ApiKeys.bearer("slowtown", "web-1", Cities.SECRET)));
            statuses.add(last.statusCode());
        }

        assertThat(statuses).contains(202, 429).endsWith(429);
        assertThat(last.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 2));
        assertThat(server.pay("key-1", Bodies.SHORT).statusCode()).isEqualTo(202);
    }

    @Test
    void shouldAnswer503WithReasonWhenSuspendedAndLeaveAllElseAlone() throws Exception {
        Cities.suspend(server.directory, "springfield", "WEB", "CARD", true);

        HttpResponse<String> answer = server.pay("key-1", Bodies.SHORT);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("SUSPENDED").contains("skimming found");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        String eCheck = Bodies.with(Bodies.SHORT, "/tender", "\"ECHECK\"");
        assertThat(server.pay("key-2", eCheck).statusCode()).isEqualTo(202);
        assertThat(payAt("counter", "key-3").statusCode()).isEqualTo(202);

        Cities.suspend(server.directory, "springfield", "WEB", "", true);
        assertThat(server.pay("key-4", eCheck).statusCode()).isEqualTo(503);
        assertThat(payAt("counter", "key-5").statusCode()).isEqualTo(202);

        Cities.suspend(server.directory, "springfield", "WEB", "", false);
        Cities.suspend(server.directory, "springfield", "WEB", "CARD", false);
        assertThat(server.pay("key-6", Bodies.SHORT).statusCode()).isEqualTo(202);
    }

    private HttpResponse<String> payAt(String channel, String key) throws IOException, InterruptedException {
        return server.send(server.payment(key, Bodies.SHORT).setHeader("Authorization", RunningServer.bearer(channel)));
    }

    @Test
    void shouldAnswer503AtOnceWhenTooManyWaitForTheBroker() throws Exception {
        server.publisher.mode(FakePublisher.Mode.HOLD);
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < RunningServer.IN_FLIGHT_MAX; i++) {
            waiting.add(server.sendAsync(server.payment("key-" + i, Bodies.SHORT)));
        }
        await().until(() -> server.publisher.heldCount() == RunningServer.IN_FLIGHT_MAX);

        HttpResponse<String> answer = server.pay("one-more", Bodies.SHORT);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("BUSY");
        server.publisher.tellHeld(true);
        assertThat(waiting)
                .allSatisfy(held -> assertThat(held.join().statusCode()).isEqualTo(202));
        server.publisher.mode(FakePublisher.Mode.ACKNOWLEDGE);
        assertThat(server.pay("one-more", Bodies.SHORT).statusCode()).isEqualTo(202);
    }

    @Test
    void shouldAnswer503WhenTenantsAreNotReadYet() throws Exception {
        try (RunningServer empty = RunningServer.startWithoutTenants()) {
            HttpResponse<String> answer = empty.pay("key-1", Bodies.SHORT);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("NOT_READY");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/payments,  405, METHOD_NOT_ALLOWED",
        "DELETE, /v1/payments,  405, METHOD_NOT_ALLOWED",
        "POST,   /v1/payment,   404, NOT_FOUND",
        "GET,    /,             404, NOT_FOUND",
        "TRACE,  /v1/payments,  405, METHOD_NOT_ALLOWED",
        "GET,    /health/live,  200, UP",
        "GET,    /health/ready, 200, UP",
    })
    void shouldAnswerInJsonWithoutEcho(String method, String path, int status, String word) throws Exception {
        HttpResponse<String> answer = server.send(server.request(path + "?echo=never")
                .header("X-Echo", "never")
                .method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(word).doesNotContain("never").doesNotContain(method + " ");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void shouldAnswer400WhenChunksAreMalformed() throws Exception {
        String head =
                "POST /v1/payments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n"
                        + "Authorization: " + RunningServer.bearer("web")
                        + "\r\nTransfer-Encoding: chunked\r\n\r\nnot a chunk\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("not a chunk");
        }
    }

    @Test
    void shouldCountByTenantChannelAndOutcome() throws Exception {
        server.pay("key-1", Bodies.SHORT);
        server.pay("key-1", Bodies.SHORT);
        server.pay("key-2", "{}");
        server.pay("", Bodies.SHORT);

        HttpResponse<String> metrics = server.send(server.request("/metrics").GET());
        assertThat(metrics.body())
                .contains("tillstream_ingest_events_total{channel=\"WEB\",outcome=\"ACCEPTED\","
                        + "service=\"ingest-test\",tenant=\"springfield\"} 1.0")
                .contains("tillstream_ingest_requests_seconds_count{route=\"/v1/payments\",service=\"ingest-test\","
                        + "status=\"202\"} 2")
                .contains("outcome=\"REPEATED\"")
                .contains("outcome=\"INVALID_FIELD\"");
    }
}
