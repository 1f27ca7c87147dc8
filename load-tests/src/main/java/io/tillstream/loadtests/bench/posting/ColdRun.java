package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.JvmProcess;
import io.tillstream.loadtests.workload.WorkloadShape;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Posting on a journal of many payments, then started again on what that has left, to see what the state takes and whether it fits. */
final class ColdRun {
    private static final Duration READY_MAX = Duration.ofMinutes(10);
    private static final String HEAP_FULL = "OutOfMemoryError";
    private static final long POLL_NANOS = 50_000_000;

    /**
     * Posting started again on a whole journal, with nothing to post.
     *
     * @param hotRows rows of payments that each partition keeps in memory; 0 is all
     * @param outcome "ready", or why not
     * @param stateBytes of the payments' tables in memory; 0 if it did not become ready
     * @param coldRows in files; 0 if it did not become ready
     */
    record Restarted(
            int heapMegabytes, int hotRows, String outcome, double readySeconds, long stateBytes, long coldRows) {
        boolean isReady() {
            return outcome.equals("ready");
        }
    }

    private final Place place;
    private final Input input;
    private final Variant variant;
    private final TillstreamContender contender;

    ColdRun(Place place, Input input, Variant variant, long payments, int hotRows) {
        this.place = place;
        this.input = input;
        this.variant = variant;
        contender = TillstreamContender.onJournal(payments, hotRows);
    }

    /** Makes the journal. */
    void fill(WorkloadShape shape, long seed, long payments) {
        contender.prepare(place);
        new JournalFiller(place.cluster(), shape, seed).fill(payments);
    }

    Run measure() {
        return new ThroughputRun(place, contender, input).prepared(variant);
    }

    Restarted restart(int heapMegabytes) {
        return restart(heapMegabytes, READY_MAX);
    }

    /** @param atMost after which it counts as one that can't be ready: a heap that is nearly full does not fail soon */
    Restarted restart(int heapMegabytes, Duration atMost) {
        Place there = new Place(
                place.cluster(), place.directory(), place.id(), heapMegabytes, place.padding(), place.partitions());
        int port = TillstreamContender.freePort();
        OpsPort ops = new OpsPort(port);
        long start = System.nanoTime();
        try (JvmProcess process = contender.start(there, variant, "restarted-" + heapMegabytes, port)) {
            while (!ops.isReady()) {
                if (!process.isAlive() && process.hasSaid(HEAP_FULL)) {
                    return notReady(heapMegabytes, HEAP_FULL, start);
                }
                process.requireAlive();
                if (System.nanoTime() - start > atMost.toNanos()) {
                    String why = process.hasSaid(HEAP_FULL) ? ", " + HEAP_FULL : "";
                    return notReady(heapMegabytes, "not ready after " + atMost.toSeconds() + " s" + why, start);
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Restarted(
                    heapMegabytes,
                    contender.hotRows(),
                    "ready",
                    seconds,
                    ops.sum("tillstream_posting_state_bytes"),
                    ops.sum("tillstream_posting_state_cold_rows"));
        }
    }

    private Restarted notReady(int heapMegabytes, String why, long start) {
        return new Restarted(heapMegabytes, contender.hotRows(), why, (System.nanoTime() - start) / 1e9, 0, 0);
    }

    void clear() {
        contender.clear(place);
    }
}
