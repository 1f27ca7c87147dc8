package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.workload.WorkloadShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What to measure and how long.
 *
 * @param home the working tree
 * @param work a directory for the cluster's data, removed at the end
 * @param out the result's file
 * @param runs of each contender, alternated
 * @param limitEvents of the input of {@link Part#LIMIT}
 * @param limitRuns of the copy and of posting in it
 * @param threads of every contender that can have so many; 0 to try each contender's settings on a part of the input first
 */
record PostingOptions(
        Path home,
        Path work,
        Path out,
        long events,
        int runs,
        long limitEvents,
        int limitRuns,
        List<String> contenders,
        Set<Part> parts,
        List<String> ablations,
        int commitIntervalMs,
        long seed,
        int threads,
        int heapMegabytes,
        int latencySeconds,
        long restoreEntries,
        long stateSmall,
        long stateLarge,
        int stateHeapMegabytes,
        long coldPayments,
        int coldHeapMegabytes,
        int coldHotRows) {

    private static final long EVENTS_MIN = 20_000;

    /** What the benchmark consists of. */
    enum Part {
        /** All contenders on the usual input. */
        THROUGHPUT,
        /** Each contender killed once in the middle; its check. */
        KILL,
        /** Posting with one thing taken out. */
        ABLATION,
        /** Posting and the copy alone, on a longer input and more often. */
        LIMIT,
        /** Posting with one city being most of the input, against cities of one size. */
        SKEW,
        /** Open loop at half of each contender's maximum. */
        LATENCY,
        /** Restoring the journal against reading it. */
        RESTORE,
        /** Kill to next entry, with and without a standby. */
        TAKEOVER,
        /** Many payments in the state against few. */
        STATE,
        /** A state that the heap can't hold, against one that holds it. */
        COLD,
        /** The longest stop of the thread by tables that grow. */
        GROWTH
    }

    PostingOptions {
        contenders = List.copyOf(contenders);
        parts = Set.copyOf(parts);
        ablations = List.copyOf(ablations);
        atLeast("events", events, EVENTS_MIN);
        atLeast("limit-events", limitEvents, EVENTS_MIN);
        atLeast("runs", runs, 1);
        atLeast("limit-runs", limitRuns, 1);
        atLeast("threads", threads, 0);
        contenders.forEach(name -> Contenders.of(name, home));
        ablations.forEach(Ablation::of);
    }

    private static void atLeast(String option, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("--" + option + ": expected at least " + least + ", found " + value);
        }
    }

    WorkloadShape shape() {
        return WorkloadShape.USUAL;
    }

    boolean has(Part part) {
        return parts.contains(part);
    }
}
