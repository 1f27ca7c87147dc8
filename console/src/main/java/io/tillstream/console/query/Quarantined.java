package io.tillstream.console.query;

import java.time.Instant;

/**
 * A row of {@code operations.quarantine}: input that could not be read or must not be read, without the input.
 *
 * @param tenant empty if not known
 * @param topic where it was found: a topic, or http
 * @param partition -1 for http
 * @param offset -1 for http
 * @param valueBytes length of the value
 * @param valueHash SHA-256 of the value in hexadecimal; null where it must not be kept
 */
public record Quarantined(
        String reason,
        String detail,
        String tenant,
        String topic,
        int partition,
        long offset,
        Instant recordedAt,
        long valueBytes,
        String valueHash) {}
