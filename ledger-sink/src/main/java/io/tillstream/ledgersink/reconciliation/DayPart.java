package io.tillstream.ledgersink.reconciliation;

import java.util.Map;
import java.util.TreeMap;

/** One tenant's business date in one partition, as the journal's entries make it. */
final class DayPart {
    private final long firstSequence;
    private final Map<LineKey, LineTotals> lines = new TreeMap<>();
    private long entryCount;
    private long lastSequence;
    private String chainHead = "";
    private boolean isClosed;

    DayPart(long firstSequence) {
        this.firstSequence = firstSequence;
    }

    void count(long sequence) {
        entryCount++;
        lastSequence = sequence;
    }

    LineTotals line(LineKey key) {
        return lines.computeIfAbsent(key, first -> new LineTotals());
    }

    void close(String hash) {
        isClosed = true;
        chainHead = hash;
    }

    boolean isClosed() {
        return isClosed;
    }

    long firstSequence() {
        return firstSequence;
    }

    long lastSequence() {
        return lastSequence;
    }

    long entryCount() {
        return entryCount;
    }

    /** Hash of the DAY_CLOSED entry in hexadecimal; empty while the date is open. */
    String chainHead() {
        return chainHead;
    }

    Map<LineKey, LineTotals> lines() {
        return lines;
    }
}
