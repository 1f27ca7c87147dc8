package io.tillstream.console.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A row of {@code ledger.entries}: one accepted event or mark. Fields of the event are null for marks.
 *
 * @param refersTo sequence of the parked entry, or null
 * @param reason why a parked event was refused, or null
 * @param amount minor units of the event
 * @param hash SHA-256 of the entry chained to the one before, in hexadecimal
 */
public record EntryFacts(
        String tenant,
        int partition,
        long sequence,
        String kind,
        LocalDate businessDate,
        String batchId,
        Instant recordedAt,
        long sourceOffset,
        Long refersTo,
        String reason,
        UUID eventId,
        UUID paymentId,
        String eventType,
        String channel,
        String tender,
        String currency,
        Long amount,
        String through,
        String clientReference,
        String payerReference,
        Instant occurredAt,
        Instant receivedAt,
        String cardFingerprint,
        String cardBin,
        String cardLastFour,
        String pageVersion,
        String hash) {}
