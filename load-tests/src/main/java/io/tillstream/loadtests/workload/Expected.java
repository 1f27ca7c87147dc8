package io.tillstream.loadtests.workload;

import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import java.util.Arrays;
import java.util.UUID;

/** The outcome of a workload: which events must stand in the journal, once each, and what they add up to. */
public final class Expected {
    private long[] fingerprints = new long[1024];
    private int accepted;
    private long repeats;
    private long capturedTotal;
    private long refundedTotal;

    void accepted(PaymentEvent event) {
        if (accepted == fingerprints.length) {
            fingerprints = Arrays.copyOf(fingerprints, 2 * accepted);
        }
        UUID id = Ids.toUuid(event.getEventId());
        fingerprints[accepted++] = fingerprint(id.getMostSignificantBits(), id.getLeastSignificantBits());
        if (event.getType() == PaymentEventType.CAPTURED) {
            capturedTotal = Math.addExact(capturedTotal, event.getAmount());
        } else if (event.getType() == PaymentEventType.REFUNDED) {
            refundedTotal = Math.addExact(refundedTotal, event.getAmount());
        }
    }

    void repeat() {
        repeats++;
    }

    /** Events that must have an entry. */
    public int accepted() {
        return accepted;
    }

    /** Repeats, all of which must be refused. */
    public long repeats() {
        return repeats;
    }

    /** Minor units of all captures. */
    public long capturedTotal() {
        return capturedTotal;
    }

    /** Minor units of all refunds. */
    public long refundedTotal() {
        return refundedTotal;
    }

    /** Sorted 64-bit fingerprints of the accepted events' ids. */
    public long[] sortedFingerprints() {
        long[] sorted = Arrays.copyOf(fingerprints, accepted);
        Arrays.sort(sorted);
        return sorted;
    }

    /** 64 bits of an event id; of 5 million ids two share one with probability under one in a million. */
    public static long fingerprint(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 29)) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ low;
    }
}
