package io.tillstream.console.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A row of {@code ledger.payments}: where a payment stands. Amounts in minor units.
 *
 * <p>Amounts are zero where nothing of that kind happened.
 *
 * @param businessDate of the capture, else of the first entry
 */
public record Payment(
        String tenant,
        UUID paymentId,
        String currency,
        String status,
        long captured,
        long refunded,
        long chargedBack,
        long returned,
        long voided,
        String channel,
        String tender,
        String processor,
        LocalDate businessDate,
        Instant firstAt,
        Instant lastAt) {}
