package io.tillstream.streams.settlement;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process waits for: batches of which some partitions' parts have not come. Read by metrics and health pages
 * while the Streams thread writes; it takes no part in any decision.
 */
public final class WaitingBatches {
    /** A batch with {@code partsThere} of {@code partsNeeded} parts; {@code closedAt} is the mark's time. */
    public record Waiting(String batchId, Instant closedAt, int partsThere, int partsNeeded) {}

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /**
     * Registers {@code tillstream_settlement_batches_waiting} and {@code
     * tillstream_settlement_oldest_waiting_closed_at_seconds}: the close time of the longest waiting batch in seconds since
     * 1970, 0 when none waits, so that an alert compares it with its own clock.
     */
    public WaitingBatches(MeterRegistry meters) {
        Gauge.builder("tillstream.settlement.batches.waiting", waiting, Map::size)
                .description("Batches of which some partitions' parts have not come")
                .register(meters);
        Gauge.builder("tillstream.settlement.oldest.waiting.closed.at", this, WaitingBatches::oldestClosedAtSeconds)
                .description("Close time of the longest waiting batch, seconds since 1970; 0 when none waits")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Batches that wait in this process. */
    public int count() {
        return waiting.size();
    }

    /** The one that was closed first; among several of one instant the first by id. */
    public Optional<Waiting> oldest() {
        return waiting.values().stream()
                .min(Comparator.comparing(Waiting::closedAt).thenComparing(Waiting::batchId));
    }

    void waits(Waiting batch) {
        waiting.put(batch.batchId(), batch);
    }

    void done(String batchId) {
        waiting.remove(batchId);
    }

    private double oldestClosedAtSeconds() {
        return oldest().map(batch -> (double) batch.closedAt().getEpochSecond()).orElse(0.0);
    }
}
