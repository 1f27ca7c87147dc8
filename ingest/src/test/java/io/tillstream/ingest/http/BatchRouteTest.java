package io.tillstream.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.ingest.auth.RequestSignature;
import io.tillstream.ingest.intake.Bodies;
import io.tillstream.ingest.publish.FakePublisher;
import io.tillstream.ingest.tenants.Cities;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.PaymentIds;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchRouteTest {
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
    void shouldAnswerEachLineOnItsOwn() throws Exception {
        Cities.suspend(server.directory, "springfield", "WEB", "ECHECK", true);
        String batch = String.join(
                "\n",
                Bodies.line("key-1", Bodies.CAPTURE),
                Bodies.line("key-2", Bodies.with(Bodies.SHORT, "/amount", "\"x\"")),
                "",
                "not json",
                Bodies.line("key-3", Bodies.with(Bodies.SHORT, "/tender", "\"ECHECK\"")),
                Bodies.line("key-4", Bodies.with(Bodies.SHORT, "/tender", "\"CASH\"")),
                Bodies.SHORT,
                Bodies.line("key-1", Bodies.CAPTURE) + "\r",
                Bodies.line("key-1", Bodies.SHORT));

        HttpResponse<String> answer = server.send(server.batch(batch));

        UUID first = PaymentIds.eventId("springfield", Channel.WEB, "key-1");
        String taken = "\"status\":202,\"eventId\":\"" + first + "\",\"paymentId\":\"" + first + "\"}";
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body().split("\n"))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("{\"line\":1," + taken),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "{\"line\":2,\"status\":400,\"error\":\"INVALID_FIELD\",\"field\":\"amount\","
                                                + "\"reason\":\"is not a whole number of minor units\"}"),
                        line -> assertThat(line)
                                .startsWith("{\"line\":4,\"status\":400,")
                                .contains("\"body\""),
                        line -> assertThat(line).startsWith("{\"line\":5,\"status\":503,\"error\":\"SUSPENDED\""),
                        line -> assertThat(line).startsWith("{\"line\":6,\"status\":403,"),
                        line -> assertThat(line)
                                .startsWith("{\"line\":7,\"status\":400,")
                                .contains("idempotencyKey"),
                        line -> assertThat(line).isEqualTo("{\"line\":8," + taken),
                        line -> assertThat(line).startsWith("{\"line\":9,\"status\":409,"));
        assertThat(server.publisher.events()).hasSize(1);
    }

    @Test
    void shouldAnswerWhenBrokerHasAllLines() {
        server.publisher.mode(FakePublisher.Mode.HOLD);
        CompletableFuture<HttpResponse<String>> answer = server.sendAsync(server.batch(lines(0, 40)));
        await().until(() -> server.publisher.heldCount() == 40);
        assertThat(answer).isNotDone();

        server.publisher.tellHeld(true);

        assertThat(answer.join().body().split("\n")).hasSize(40).allMatch(line -> line.contains("\"status\":202"));
    }

    @Test
    void shouldAnswer503PerLineWhenMoreLinesThanMayWait() {
        server.publisher.mode(FakePublisher.Mode.HOLD);
        CompletableFuture<HttpResponse<String>> answer = server.sendAsync(server.batch(lines(0, 60)));
        await().until(() -> server.publisher.heldCount() == RunningServer.IN_FLIGHT_MAX);

        server.publisher.tellHeld(true);

        List<String> answered = List.of(answer.join().body().split("\n"));
        assertThat(answered).filteredOn(line -> line.contains("\"status\":202")).hasSize(RunningServer.IN_FLIGHT_MAX);
        assertThat(answered)
                .filteredOn(line -> line.contains("\"error\":\"BUSY\""))
                .hasSize(10);
    }

    @Test
    void shouldLimitLinesOfTheTenant() throws Exception {
        HttpResponse<String> answer = server.send(server.batch(lines(0, 20))
                .setHeader("Authorization", ApiKeys.bearer("slowtown", "web-1", Cities.SECRET)));

        assertThat(answer.body().split("\n"))
                .filteredOn(line -> line.contains("RATE_LIMITED"))
                .hasSizeBetween(15, 17);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void shouldAnswer413WithTheLinesTakenWhenThereAreTooMany() throws Exception {
        HttpResponse<String> answer = server.send(server.batch(lines(0, 101)));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body().split("\n")).hasSize(100).allMatch(line -> line.contains("\"status\":202"));
    }

    @Test
    void shouldAnswer413WithoutTakingAnythingWhenTheLengthSaysSo() throws Exception {
        HttpResponse<String> answer = server.send(server.batch("x".repeat(256 * 1024 + 1)));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(server.publisher.events()).isEmpty();
    }

    @Test
    void shouldAnswer413ForALineThatIsTooLongAndTakeTheOthers() throws Exception {
        String batch = lines(0, 1) + "\"" + "x".repeat(70_000) + "\"\n" + lines(1, 2);

        HttpResponse<String> answer = server.send(server.batch(batch));

        assertThat(answer.body().split("\n"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":202"),
                        line -> assertThat(line).startsWith("{\"line\":2,\"status\":413,\"error\":\"TOO_LARGE\""),
                        line -> assertThat(line).contains("\"status\":202"));
    }

    @Test
    void shouldTakeSignedBatchOnlyWhenSignatureFits() throws Exception {
        byte[] body = lines(0, 3).getBytes(StandardCharsets.UTF_8);
        String header = RequestSignature.header(
                "springfield",
                "web-sign",
                Cities.SECRET.getBytes(StandardCharsets.UTF_8),
                "POST",
                "/v1/payments:batch",
                RunningServer.NOW.getEpochSecond(),
                "",
                body);
        HttpRequest.Builder request = server.batch("").setHeader("Authorization", header);

        assertThat(server.send(request.POST(HttpRequest.BodyPublishers.ofString(lines(0, 4))))
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.publisher.events()).isEmpty();
        HttpResponse<String> answer = server.send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().split("\n")).hasSize(3);
    }

    @Test
    void shouldRefuseWholeBatchWhenChannelIsSuspended() throws Exception {
        Cities.suspend(server.directory, "springfield", "", "", true);

        HttpResponse<String> answer = server.send(server.batch(lines(0, 3)));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("SUSPENDED");
    }

    @Test
    void shouldTakeEmptyBatch() throws Exception {
        HttpResponse<String> answer = server.send(server.batch(""));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Bodies.line("key-" + i, Bodies.SHORT) + "\n")
                .collect(Collectors.joining());
    }
}
