package io.tillstream.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One ingest instance, seen by clients. Safe for use by several threads. */
public final class IngestClient {
    private static final String PAYMENTS = "/v1/payments";
    private static final String BATCH = "/v1/payments:batch";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI address;
    private final Clock clock;

    /** @param address such as http://127.0.0.1:8080 */
    public IngestClient(HttpClient http, URI address, Clock clock) {
        this.http = Objects.requireNonNull(http, "http");
        this.address = Objects.requireNonNull(address, "address");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Sends one payment. The future fails with an IOException where no answer came; then nobody knows whether the event is on
     * the topic, and sending it again with the same key is safe.
     */
    public CompletableFuture<Answer> payment(ChannelKey key, String idempotencyKey, byte[] body) {
        HttpRequest request = request(PAYMENTS, key, idempotencyKey, body, "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .thenApply(IngestClient::answer);
    }

    /**
     * Sends a batch, each line a payment with its {@code idempotencyKey}.
     *
     * @return an answer for every line; if the batch as a whole was refused, that answer for each
     */
    public CompletableFuture<List<Answer>> batch(ChannelKey key, List<String> lines) {
        byte[] body = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        HttpRequest request =
                request(BATCH, key, "", body, "application/x-ndjson").build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .thenApply(response -> answers(response, lines.size()));
    }

    private HttpRequest.Builder request(
            String path, ChannelKey key, String idempotencyKey, byte[] body, String contentType) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", contentType)
                .header("Authorization", key.authorization(path, idempotencyKey, body, clock.instant()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static List<Answer> answers(HttpResponse<String> response, int lineCount) {
        if (response.statusCode() != 200) {
            return Collections.nCopies(lineCount, answer(response));
        }
        Answer[] byLine = new Answer[lineCount];
        for (String text : response.body().lines().toList()) {
            if (!text.isBlank()) {
                JsonNode line = parse(text);
                byLine[line.path("line").asInt() - 1] = new Answer(
                        line.path("status").asInt(),
                        line,
                        retryAfter(line.path("retryAfterSeconds").asText("")));
            }
        }
        return List.of(byLine);
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                parse(response.body()),
                retryAfter(response.headers().firstValue("Retry-After").orElse("")));
    }

    private static Optional<Duration> retryAfter(String seconds) {
        return seconds.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static JsonNode parse(String text) {
        try {
            return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Ingest answered with something that is no JSON", e);
        }
    }
}
