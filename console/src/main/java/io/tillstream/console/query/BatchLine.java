package io.tillstream.console.query;

/**
 * A row of {@code settlement.lines}: totals of one processor or till, tender and account. Amounts in minor units;
 * net = gross - voids - refunds - chargebacks - returns - fees.
 */
public record BatchLine(
        String through,
        String tender,
        String account,
        long gross,
        long voids,
        long refunds,
        long chargebacks,
        long returns,
        long fees,
        long net,
        long captureCount,
        long voidCount,
        long refundCount,
        long chargebackCount,
        long returnCount,
        long feeCount) {}
