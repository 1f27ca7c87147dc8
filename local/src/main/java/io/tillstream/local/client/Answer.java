package io.tillstream.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What ingest said about one payment, or about one line of a batch.
 *
 * @param status HTTP status, of the line if it is one
 * @param body the JSON object
 * @param retryAfter when to try again; empty where ingest does not ask for it
 */
public record Answer(int status, JsonNode body, Optional<Duration> retryAfter) {
    private static final int ACCEPTED = 202;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    public Answer {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** Stands for an answer that did not come. */
    public static Answer unavailable() {
        return new Answer(
                UNAVAILABLE, JsonNodeFactory.instance.objectNode().put("error", "NO_ANSWER"), Optional.empty());
    }

    /** Whether the event is on the topic. */
    public boolean accepted() {
        return status == ACCEPTED;
    }

    /** Whether the same request may be taken later: too many requests, suspended or not available. */
    public boolean temporary() {
        return status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
    }

    /** Whether the event may be on the topic nevertheless: ingest or the broker behind it did not answer in time. */
    public boolean undecided() {
        return status == UNAVAILABLE && !error().equals("SUSPENDED");
    }

    /** Code of the refusal; empty if there is none. */
    public String error() {
        return body.path("error").asText("");
    }

    /** The refusal in words: code, field and reason as far as given. */
    public String reason() {
        String field = body.path("field").asText("");
        String reason = body.path("reason").asText("");
        return error() + (field.isEmpty() ? "" : " " + field) + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** Id of the accepted event. */
    public Optional<UUID> eventId() {
        String id = body.path("eventId").asText("");
        return id.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(id));
    }
}
