package io.tillstream.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillstream.ingest.cardguard.GeneratedCards;
import io.tillstream.ingest.intake.Bodies;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sends the well-known test number to every place of a request. In the tables PAN stands for it, so that no output holds it. */
class CardNumberRouteTest {
    private static final String PAN = GeneratedCards.wellKnown();

    private RunningServer server;
    private LogCapture log;

    @BeforeEach
    void start() {
        server = RunningServer.start();
        log = LogCapture.start();
    }

    @AfterEach
    void shouldHaveKeptNothing() {
        server.close();
        log.close();
        assertThat(holding(log.lines().stream()))
                .as("log lines with the number")
                .isEmpty();
        assertThat(holding(server.publisher.events().stream()))
                .as("events with it")
                .isEmpty();
        assertThat(holding(server.publisher.findings().stream()))
                .as("findings with it")
                .isEmpty();
    }

    /** The texts that hold it, with every digit hidden. */
    private static List<String> holding(Stream<?> texts) {
        return texts.map(Object::toString)
                .filter(CardNumberRouteTest::holdsNumber)
                .map(text -> text.replaceAll("[0-9]", "#"))
                .toList();
    }

    private static boolean holdsNumber(String text) {
        return text.replaceAll("[^0-9]", "").contains("1".repeat(11));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            FIELD                 | JSON                                 | NAMED
            /clientReference      | "PAN"                                | clientReference
            /clientReference      | "pay with PAN please"                | clientReference
            /payerReference       | "PAN"                                | payerReference
            /items/0/billAccount  | "PAN"                                | items[0].billAccount
            /items/0/billAccount  | PAN                                  | items[0].billAccount
            /items/0/fund         | "PAN"                                | items[0].fund
            /card/fingerprint     | "PAN"                                | card.fingerprint
            /card/bin             | "PAN"                                | card.bin
            /card/number          | "PAN"                                | card.number
            /source/device        | "PAN"                                | source.device
            /source/session       | "PAN"                                | source.session
            /processor            | "PAN"                                | processor
            /type                 | "PAN"                                | type
            /currency             | "PAN"                                | currency
            /occurredAt           | "PAN"                                | occurredAt
            /amount               | PAN                                  | amount
            /amount               | "PAN"                                | amount
            /paymentId            | "PAN"                                | paymentId
            /idempotencyKey       | "PAN"                                | idempotencyKey
            /unknown              | {"deep":[{"deeper":["x","PAN"]}]}    | unknown.deep[0].deeper[1]
            /PAN                  | "x"                                  | (name)
            /unknown              | {"PAN":1}                            | unknown.(name)
            """)
    void shouldAnswer422WithFieldWhenJsonHoldsNumber(String field, String json, String named) throws Exception {
        String body = Bodies.with(Bodies.CAPTURE, field.replace("PAN", PAN), json.replace("PAN", PAN));

        assertRefused(server.pay("key-1", body), named);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            WHAT             | BODY                                            | NAMED
            broken off       | {"clientReference":"PAN                         | body
            no JSON          | card=PAN                                        | body
            after a mistake  | {"type":oops,"clientReference":"PAN"}           | body
            as comment       | {"type":"CAPTURED" /* PAN */}                   | body
            text alone       | "PAN"                                           | body
            number alone     | PAN                                             | body
            in an array      | ["PAN"]                                         | [0]
            behind an object | {} PAN                                          | body
            """)
    void shouldAnswer422WhenMalformedBodyHoldsNumber(String what, String body, String named) throws Exception {
        assertRefused(server.pay("key-1", body.replace("PAN", PAN)), named);
    }

    @Test
    void shouldAnswer422WhenNumberIsEscaped() throws Exception {
        StringBuilder escaped = new StringBuilder();
        PAN.chars().forEach(c -> escaped.append(String.format(Locale.ROOT, "\\u%04x", c)));
        String body = "{\"clientReference\":\"" + escaped + "\"}";

        assertRefused(server.pay("key-1", body), "clientReference");
        assertRefused(server.pay("key-1", body.substring(0, body.length() - 2)), "body");
        assertRefused(
                server.pay("key-1", "{\"clientReference\":\"" + PAN.replaceAll("(.{4})", "$1\\\\/") + "\"}"),
                "clientReference");
        assertRefused(
                server.pay("key-1", "{\"clientReference\":\"" + PAN.replaceAll("(.{4})", "$1\\\\n") + "\"}"),
                "clientReference");
    }

    @Test
    void shouldAnswer422WhenBodyIsInAnotherEncoding() throws Exception {
        String body = "{\"clientReference\":\"" + PAN + "\"}";
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
            HttpResponse<String> answer = server.send(
                    server.payment("key-1", "").POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(charset))));
            assertThat(answer.statusCode()).as(charset.name()).isEqualTo(422);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            HEADER,          VALUE,                  NAMED
            Idempotency-Key, PAN,                    header.Idempotency-Key
            Idempotency-Key, order-PAN-1,            header.Idempotency-Key
            Authorization,   Bearer springfield.web-1.PAN, header.Authorization
            Authorization,   Basic PAN,              header.Authorization
            X-Card,          PAN,                    header.X-Card
            Cookie,          card=PAN,               header.Cookie
            User-Agent,      shop/PAN,               header.User-Agent
            Content-Type,    application/json;n=PAN, header.Content-Type
            Accept,          x/PAN,                  header.Accept
            """)
    void shouldAnswer422WhenHeaderHoldsNumber(String header, String value, String named) throws Exception {
        assertRefused(
                server.send(server.payment("key-1", Bodies.SHORT).setHeader(header, value.replace("PAN", PAN))), named);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            PATH,                                 NAMED
            /v1/payments?card=PAN,                query.card
            /v1/payments?a=1&PAN=1,               query.(name)
            /v1/payments?x=%34PAN_TAIL,           query.x
            /v1/payments?x=%2534PAN_TAIL,         query.x
            /v1/payments/PAN,                     path
            /v1/PAN/payments,                     path
            /PAN,                                 path
            /health/live?PAN,                     query.(name)
            """)
    void shouldAnswer422WhenPathOrQueryHoldsNumber(String path, String named) throws Exception {
        String filled = path.replace("PAN_TAIL", PAN.substring(1)).replace("PAN", PAN);

        HttpResponse<String> answer = server.send(server.request(filled).GET());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"" + named + "\"");
        assertThat(holdsNumber(answer.body())).isFalse();
        assertThat(holdsNumber(answer.headers().toString())).isFalse();
    }

    @Test
    void shouldCountWarnAndQuarantineWithoutTheNumber() throws Exception {
        assertRefused(
                server.pay("key-1", Bodies.with(Bodies.SHORT, "/clientReference", "\"" + PAN + "\"")),
                "clientReference");

        Quarantined finding = server.publisher.findings().get(0);
        assertThat(finding.getReason()).isEqualTo(QuarantineReason.CARD_NUMBER);
        assertThat(finding.getTenant()).isEqualTo("springfield");
        assertThat(finding.getTopic()).isEqualTo("http");
        assertThat(finding.getPartition()).isEqualTo(-1);
        assertThat(finding.getOffset()).isEqualTo(-1);
        assertThat(finding.getValueHash()).isNull();
        assertThat(finding.getDetail()).isEqualTo("card number in clientReference");
        assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN") && line.contains("ALERT card number refused"));
        assertThat(server.send(server.request("/metrics").GET()).body())
                .contains("tillstream_ingest_card_numbers_total{place=\"BODY\",service=\"ingest-test\"} 1.0");
    }

    @Test
    void shouldRefuseTheLineAndTakeTheOthers() throws Exception {
        String batch = Bodies.line("key-1", Bodies.SHORT) + "\n"
                + Bodies.line("key-2", Bodies.with(Bodies.SHORT, "/clientReference", "\"" + PAN + "\"")) + "\n"
                + Bodies.line(PAN, Bodies.SHORT) + "\n"
                + Bodies.line("key-4", Bodies.SHORT);

        HttpResponse<String> answer = server.send(server.batch(batch));

        assertThat(answer.body().split("\n"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":202"),
                        line -> assertThat(line).contains("\"status\":422").contains("\"field\":\"clientReference\""),
                        line -> assertThat(line).contains("\"status\":422").contains("\"field\":\"idempotencyKey\""),
                        line -> assertThat(line).contains("\"status\":202"));
        assertThat(holdsNumber(answer.body())).isFalse();
    }

    @Test
    void shouldTakeBinBesideLastFour() throws Exception {
        String body = Bodies.with(Bodies.CAPTURE, "/card/bin", "\"42345678\"");

        assertThat(server.pay("key-1", body).statusCode()).isEqualTo(202);
        assertThat(server.pay("key-2", body.replaceAll("[\\s]", "")).statusCode())
                .isEqualTo(202);
    }

    @Test
    void shouldTakeBillAccountOfDeclaredFormatInItsFieldOnly() throws Exception {
        String declared = "4000-23456789-" + luhnTail("400023456789");

        String inAccount = Bodies.with(Bodies.CAPTURE, "/items/0/billAccount", "\"" + declared + "\"");
        assertThat(server.pay("key-1", inAccount).statusCode()).isEqualTo(202);
        String elsewhere = Bodies.with(Bodies.CAPTURE, "/clientReference", "\"" + declared + "\"");
        assertThat(server.pay("key-2", elsewhere).statusCode()).isEqualTo(422);
    }

    /** Two digits that make 14 digits pass Luhn. */
    private static String luhnTail(String twelve) {
        for (int tail = 10; tail < 100; tail++) {
            String number = twelve + tail;
            int sum = 0;
            for (int i = 0; i < number.length(); i++) {
                int digit = number.charAt(number.length() - 1 - i) - '0';
                int weighted = i % 2 == 1 ? 2 * digit : digit;
                sum += weighted / 10 + weighted % 10;
            }
            if (sum % 10 == 0) {
                return Integer.toString(tail);
            }
        }
        throw new IllegalStateException("there is always one");
    }

    /** What a client of HTTP would not send: the server answers it before any of our code sees the request. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            WHAT                 | REQUEST
            no version           | GET /PAN
            bad version          | GET /PAN HTTP/9.9
            bad method           | PAN / HTTP/1.1
            bad request line     | PAN
            bad header name      | GET / HTTP/1.1~Host: x~PA(N PAN: 1
            no host              | GET /PAN HTTP/1.1~X: PAN
            two lengths          | POST /PAN HTTP/1.1~Host: x~Content-Length: 1~Content-Length: 2
            bad length           | POST /v1/payments HTTP/1.1~Host: x~Content-Length: PANx
            bad host             | GET / HTTP/1.1~Host: PAN PAN
            bad escape           | GET /%zzPAN HTTP/1.1~Host: x
            bad authority        | GET http://PAN:PAN/ HTTP/1.1~Host: x
            trace                | TRACE /v1/payments HTTP/1.1~Host: x~X-Card: PAN
            connect              | CONNECT PAN:443 HTTP/1.1~Host: x
            bad chunk            | POST /v1/payments HTTP/1.1~Host: x~Transfer-Encoding: chunked~~PAN
            expect               | POST /v1/payments HTTP/1.1~Host: x~Expect: PAN~Content-Length: 0
            upgrade              | GET /PAN HTTP/1.1~Host: x~Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13
            """)
    void shouldEchoNothingWhenHttpIsMalformed(String what, String request) throws Exception {
        String answer = raw(request.replace("PAN", PAN).replace("~", "\r\n") + "\r\n\r\n");

        assertThat(holdsNumber(answer))
                .as("the number is in the answer to: " + what)
                .isFalse();
        assertThat(answer).as(what).doesNotContain("Jetty", "Exception", "<html");
    }

    @Test
    void shouldEchoNothingWhenHeadersAreTooLarge() throws Exception {
        String answer = raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + (PAN + " x ").repeat(2000) + "\r\n\r\n");

        assertThat(holdsNumber(answer)).isFalse();
        assertThat(answer).contains("431");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private void assertRefused(HttpResponse<String> answer, String named) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).startsWith("{\"error\":\"CARD_NUMBER\",\"field\":\"" + named + "\"");
        assertThat(holdsNumber(answer.body())).isFalse();
        assertThat(server.publisher.events()).isEmpty();
        await().untilAsserted(() -> assertThat(server.publisher.findings()).isNotEmpty());
    }
}
