package io.tillstream.ingest.intake;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON of events for tests. */
public final class Bodies {
    private static final JsonMapper JSON = new JsonMapper();

    /** A capture that says everything that can be said, as the contract shows it. */
    public static final String CAPTURE = """
            {"type":"CAPTURED","tender":"CARD","occurredAt":"2026-11-22T10:15:30Z","currency":"USD","amount":12345,
             "convenienceFee":250,"processor":"nova",
             "items":[{"billType":"UTILITY","amount":12095,"fund":"water","billAccount":"00123456"}],
             "card":{"fingerprint":"fp_1a2b3c4d5e6f","bin":"411111","lastFour":"1111","brand":"VISA"},
             "entryMode":"ECOMMERCE","avsResult":"MATCH","cvvResult":"MATCH",
             "payerReference":"payer-77","clientReference":"invoice 4711",
             "source":{"ip":"203.0.113.7","device":"device-1","pageVersion":"v12","terminal":"","session":"s-1"}}
            """;

    /** A capture that says only what has to be said. */
    public static final String SHORT =
            "{\"type\":\"CAPTURED\",\"tender\":\"CARD\",\"currency\":\"USD\",\"amount\":100}";

    private Bodies() {}

    /** The capture with one value changed; {@code value} is JSON, empty to remove the field. */
    public static String with(String body, String pointer, String value) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonPointer at = JsonPointer.compile(pointer);
            JsonNode parent = root.at(at.head());
            if (parent instanceof ArrayNode array) {
                array.set(at.last().getMatchingIndex(), JSON.readTree(value));
            } else if (value.isEmpty()) {
                ((ObjectNode) parent).remove(at.last().getMatchingProperty());
            } else {
                ((ObjectNode) parent).set(at.last().getMatchingProperty(), JSON.readTree(value));
            }
            return root.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("bad JSON in a test", e);
        }
    }

    /** A line of a batch. */
    public static String line(String key, String body) {
        return with(body, "/idempotencyKey", "\"" + key + "\"").replace("\n", "");
    }
}
