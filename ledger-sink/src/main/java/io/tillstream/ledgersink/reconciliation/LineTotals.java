package io.tillstream.ledgersink.reconciliation;

import java.util.ArrayList;
import java.util.List;

/** One settlement line as it grows; amounts in minor units. */
final class LineTotals {
    /** Fields of SettlementLine.avsc in the order of {@link #values}. */
    static final List<String> NAMES = List.of(
            "gross",
            "voids",
            "refunds",
            "chargebacks",
            "returns",
            "fees",
            "net",
            "captureCount",
            "voidCount",
            "refundCount",
            "chargebackCount",
            "returnCount",
            "feeCount");

    private static final int COLUMNS = 6;
    private static final int GROSS = 0;

    private final long[] amounts = new long[COLUMNS];
    private final long[] counts = new long[COLUMNS];

    /** Adds one posting of an event of this type. */
    void add(String eventType, long amount) {
        int column = switch (eventType) {
            case "CAPTURED" -> GROSS;
            case "VOIDED" -> 1;
            case "REFUNDED" -> 2;
            case "CHARGED_BACK", "CHARGEBACK_WON", "CHARGEBACK_LOST" -> 3;
            case "RETURNED" -> 4;
            case "PROCESSOR_FEE" -> 5;
            default -> throw new IllegalArgumentException(eventType + " makes no settlement line");
        };
        amounts[column] = Math.addExact(amounts[column], column == GROSS ? -amount : amount);
        counts[column]++;
    }

    /** Adds another partition's line of the same key. */
    void add(LineTotals other) {
        for (int column = 0; column < COLUMNS; column++) {
            amounts[column] = Math.addExact(amounts[column], other.amounts[column]);
            counts[column] += other.counts[column];
        }
    }

    long net() {
        long net = amounts[GROSS];
        for (int column = 1; column < COLUMNS; column++) {
            net = Math.subtractExact(net, amounts[column]);
        }
        return net;
    }

    List<Long> values() {
        List<Long> values = new ArrayList<>();
        for (long amount : amounts) {
            values.add(amount);
        }
        values.add(net());
        for (long count : counts) {
            values.add(count);
        }
        return values;
    }
}
