package io.tillstream.ingest.intake;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/** Answers as JSON: an object for one event, a line for one of a batch. */
public final class AnswerJson {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private AnswerJson() {}

    /** {@code {"eventId":..,"paymentId":..,"status":"ACCEPTED"}} or {@code {"error":..,"field":..,"reason":..}}. */
    public static byte[] object(Answer answer) {
        StringBuilder json = new StringBuilder(160).append('{');
        if (answer.isAccepted()) {
            ids(json, answer);
            json.append(",\"status\":\"ACCEPTED\"");
        } else {
            error(json, answer);
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code {"line":1,"status":202,"eventId":..,"paymentId":..}} or with error, field, reason; ends with a line feed. */
    public static void line(StringBuilder out, int line, Answer answer) {
        out.append("{\"line\":")
                .append(line)
                .append(",\"status\":")
                .append(answer.outcome().status())
                .append(',');
        if (answer.isAccepted()) {
            ids(out, answer);
        } else {
            error(out, answer);
        }
        out.append("}\n");
    }

    private static void ids(StringBuilder json, Answer answer) {
        json.append("\"eventId\":\"")
                .append(answer.eventId())
                .append("\",\"paymentId\":\"")
                .append(answer.paymentId())
                .append('"');
    }

    private static void error(StringBuilder json, Answer answer) {
        json.append("\"error\":\"").append(answer.outcome()).append('"');
        text(json, "field", answer.field());
        text(json, "reason", answer.reason());
        if (answer.eventId() != null) {
            json.append(",\"eventId\":\"").append(answer.eventId()).append('"');
        }
        if (answer.retryAfterSeconds() > 0) {
            json.append(",\"retryAfterSeconds\":").append(answer.retryAfterSeconds());
        }
    }

    private static void text(StringBuilder json, String name, String text) {
        if (!text.isEmpty()) {
            json.append(",\"").append(name).append("\":\"");
            ENCODER.quoteAsString(text, json);
            json.append('"');
        }
    }
}
