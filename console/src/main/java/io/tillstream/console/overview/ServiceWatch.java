package io.tillstream.console.overview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillstream.runtime.Ops;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Asks each service whether it is ready, and remembers since when it says so. */
final class ServiceWatch {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int REASON_MAX = 160;
    private static final JsonMapper JSON = new JsonMapper();
    private final Map<String, URI> readiness = new LinkedHashMap<>();
    private final Map<String, ServiceState> states = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();
    private final HttpClient http;
    private final Clock clock;

    /** @param services name to base address, in the order of the page */
    ServiceWatch(Map<String, URI> services, Clock clock) {
        services.forEach((name, base) ->
                readiness.put(name, URI.create(base.toString().replaceAll("/+$", "") + Ops.READY_PATH)));
        this.clock = clock;
        this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        Instant now = clock.instant();
        readiness
                .keySet()
                .forEach(name -> states.put(name, new ServiceState(name, ServiceState.State.UNKNOWN, List.of(), now)));
    }

    /** Asks all at once and returns; answers come in when they come in. Who has not answered yet is not asked again. */
    void ask() {
        readiness.forEach((name, address) -> asked.compute(
                name, (ignored, before) -> before == null || before.isDone() ? askOne(name, address) : before));
    }

    private CompletableFuture<Void> askOne(String name, URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .handle((answer, failure) -> answer == null ? silent(name, failure) : heard(name, answer))
                .thenAccept(this::remember);
    }

    /** Every service as it answered last, in the order of the settings. */
    List<ServiceState> states() {
        return readiness.keySet().stream().map(states::get).toList();
    }

    private void remember(ServiceState next) {
        states.merge(
                next.name(),
                next,
                (old, changed) -> old.state() == changed.state()
                        ? new ServiceState(changed.name(), changed.state(), changed.reasons(), old.since())
                        : changed);
    }

    private ServiceState heard(String name, HttpResponse<String> answer) {
        boolean ready = answer.statusCode() == 200;
        return new ServiceState(
                name,
                ready ? ServiceState.State.READY : ServiceState.State.NOT_READY,
                ready ? List.of() : reasons(answer.body()),
                clock.instant());
    }

    private ServiceState silent(String name, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean late = cause instanceof HttpTimeoutException;
        return new ServiceState(
                name,
                ServiceState.State.SILENT,
                List.of(late ? "no answer within " + TIMEOUT.toSeconds() + " s" : "nothing listens at its address"),
                clock.instant());
    }

    private static List<String> reasons(String body) {
        List<String> reasons = new ArrayList<>();
        try {
            for (Map.Entry<String, JsonNode> check :
                    JSON.readTree(body).path("checks").properties()) {
                if (!check.getValue().path("status").asText().equals("UP")) {
                    String reason = check.getKey() + ": "
                            + check.getValue().path("reason").asText("");
                    reasons.add(reason.length() > REASON_MAX ? reason.substring(0, REASON_MAX) : reason);
                }
            }
        } catch (JsonProcessingException e) {
            reasons.add("its answer is not the health report of a service");
        }
        return reasons;
    }
}
