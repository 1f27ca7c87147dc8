package io.tillstream.console.query;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of {@code ledger.refusals}: a readable event that the rules did not accept, or a duplicate.
 *
 * @param offset in payments.events
 * @param amount minor units of the event; null for a mark
 */
public record Refusal(
        String tenant,
        int partition,
        long offset,
        String reason,
        String detail,
        UUID eventId,
        UUID paymentId,
        String eventType,
        Long amount,
        String currency,
        Instant recordedAt) {}
