package io.tillstream.loadtests.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ingest.cardguard.AccountFormats;
import io.tillstream.ingest.cardguard.CardGuard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RequestTemplateTest {
    private static final int TENANTS = 3;

    @Test
    void shouldGiveASingleEventItsOwnKey() {
        RequestTemplate template = RequestTemplate.of(load(0))[1];
        String first = text(template.bytes(7));
        String second = text(template.bytes(1_000_003));
        assertThat(first)
                .contains("Idempotency-Key: " + RequestTemplate.key("b1-", 7) + "\r\n")
                .contains("Authorization: " + BenchCities.authorization(1) + "\r\n");
        assertThat(second).contains("Idempotency-Key: " + RequestTemplate.key("b1-", 1_000_003) + "\r\n");
        assertThat(body(first)).hasSize(contentLength(first));
    }

    @Test
    void shouldGiveEveryLineItsOwnKey() {
        String request = text(RequestTemplate.of(load(5))[0].bytes(40));
        List<String> keys = new ArrayList<>();
        Matcher matcher = Pattern.compile("\"idempotencyKey\":\"([^\"]*)\"").matcher(request);
        while (matcher.find()) {
            keys.add(matcher.group(1));
        }
        assertThat(keys)
                .containsExactly(
                        RequestTemplate.key("b1-", 40),
                        RequestTemplate.key("b1-", 41),
                        RequestTemplate.key("b1-", 42),
                        RequestTemplate.key("b1-", 43),
                        RequestTemplate.key("b1-", 44));
        assertThat(body(request)).hasSize(contentLength(request));
    }

    @Test
    void shouldTakeTheTemplateOfTheCityThatTheEventIsDueFrom() {
        LoadSettings load = load(5);
        RequestTemplate[] templates = RequestTemplate.of(load);
        for (long event = 0; event < 100; event += 5) {
            RequestTemplate template = templates[(int) (event / 5 % templates.length)];
            assertThat(text(template.bytes(event))).contains(BenchCities.authorization(load.tenantOf(event)));
        }
    }

    /** The guard would refuse it, and nothing would be measured. */
    @Test
    void shouldSendNothingThatLooksLikeACardNumber() {
        CardGuard guard = new CardGuard(AccountFormats.of(List.of()));
        for (RequestTemplate template : RequestTemplate.of(load(50))) {
            for (long event = 0; event < 10_000_000_000L; event = 3 * event + 11) {
                byte[] body = body(text(template.bytes(event))).getBytes(StandardCharsets.US_ASCII);
                assertThat(guard.inBody(body, 0, body.length, "city-0"))
                        .as("from event " + event)
                        .isEmpty();
                assertThat(guard.inHeader("Idempotency-Key", RequestTemplate.key("b1-", event)))
                        .isEmpty();
            }
        }
    }

    private static LoadSettings load(int lines) {
        return new LoadSettings(8080, lines, 0, 1, TENANTS, "b1-", 0, 1, 1, ".");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String body(String request) {
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    private static int contentLength(String request) {
        Matcher matcher = Pattern.compile("Content-Length: ([0-9]+)").matcher(request);
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
