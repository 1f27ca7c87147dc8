package io.tillstream.loadtests.check;

import java.util.List;

/**
 * What a journal holds, against what it must hold.
 *
 * @param entries committed entries, marks included
 * @param events entries that record or park an event
 * @param lost events that must have an entry and have none
 * @param doubled entries of an event beyond its first
 * @param unexpected events that nobody sent
 * @param unbalanced entries whose postings do not add up to zero
 * @param capturedTotal minor units of all captures
 * @param refundedTotal minor units of all refunds
 * @param faults the first of each partition: gap in the sequence, broken chain, unreadable entry
 */
public record JournalReport(
        long entries,
        long events,
        long lost,
        long doubled,
        long unexpected,
        long unbalanced,
        long capturedTotal,
        long refundedTotal,
        List<String> faults) {

    /** Whether nothing is wrong. */
    public boolean isExact() {
        return lost == 0 && doubled == 0 && unexpected == 0 && unbalanced == 0 && faults.isEmpty();
    }
}
