package io.tillstream.console.query;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A row of {@code settlement.batches}: one tenant's closed business date.
 *
 * @param state CLOSED, VERIFIED, WRITTEN, DELIVERED or FUNDED
 * @param reason why it is stuck in that state, or null
 * @param gross minor units captured
 * @param net minor units that are left after voids, refunds, chargebacks, returns and fees
 */
public record Batch(
        String batchId,
        String tenant,
        LocalDate businessDate,
        String currency,
        String state,
        String reason,
        long entryCount,
        long gross,
        long net,
        Instant closedAt,
        Instant verifiedAt,
        Instant writtenAt,
        Instant deliveredAt,
        Instant fundedAt) {}
