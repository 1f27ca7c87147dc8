package io.tillstream.local.dayfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.PaymentIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A fake by hand of ingest's batch endpoint: remembers every key, refuses the same key with another body. */
final class RememberingIngest implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, JsonNode> payments = new LinkedHashMap<>();
    private final AtomicInteger busyAnswers = new AtomicInteger();

    RememberingIngest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/payments:batch", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next lines are answered with 503 and Retry-After 0. */
    void beBusy(int lines) {
        busyAnswers.set(lines);
    }

    /** Bodies by idempotency key, in the order of their first arrival. */
    synchronized Map<String, JsonNode> payments() {
        return new LinkedHashMap<>(payments);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        StringBuilder answers = new StringBuilder();
        int number = 0;
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (String line : body.lines().toList()) {
            answers.append(line(++number, JSON.readTree(line))).append('\n');
        }
        byte[] bytes = answers.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode line(int number, JsonNode payment) {
        ObjectNode answer = JSON.createObjectNode().put("line", number);
        if (busyAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return answer.put("status", 503).put("error", "BROKER_UNAVAILABLE").put("retryAfterSeconds", 0);
        }
        String key = payment.get("idempotencyKey").asText();
        JsonNode before = payments.putIfAbsent(key, payment);
        if (before != null && !before.equals(payment)) {
            return answer.put("status", 409).put("error", "CONFLICTING_DUPLICATE");
        }
        String id = PaymentIds.eventId("t", Channel.COUNTER, key).toString();
        return answer.put("status", 202).put("eventId", id).put("paymentId", id);
    }
}
