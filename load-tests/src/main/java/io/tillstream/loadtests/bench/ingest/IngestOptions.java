package io.tillstream.loadtests.bench.ingest;

import java.nio.file.Path;
import java.util.Set;

/**
 * What to measure and how long.
 *
 * @param work a directory for data, removed at the end
 * @param runs of each part, alternated
 * @param warmUpSeconds of each run; its server is a new JVM
 * @param tenants cities that send
 * @param lines events of a batch
 * @param limitShare the cities' limits together as a share of the capacity, when single events come at twice the capacity
 * @param singleCapacity events a second that single events reached, for the parts in open loop; 0 takes this run's own median
 * @param batchCapacity the same of batches
 */
record IngestOptions(
        Path home,
        Path work,
        Path out,
        Set<Part> parts,
        int runs,
        int warmUpSeconds,
        int measuredSeconds,
        int tenants,
        int lines,
        double limitShare,
        double singleCapacity,
        double batchCapacity,
        int heapMegabytes) {

    /** What the benchmark consists of. */
    enum Part {
        /** Single events as fast as they are answered, with Kafka and without. */
        SINGLE,
        /** Batches, with Kafka. */
        BATCH,
        /** Single events in open loop at half the capacity. */
        HALF,
        /** Single events in open loop at twice the capacity. */
        TWICE,
        /** Batches in open loop at twice the capacity. */
        TWICE_BATCH
    }

    IngestOptions {
        parts = Set.copyOf(parts);
        if (runs < 1 || lines < 1 || tenants < 1) {
            throw new IllegalArgumentException("runs, lines and tenants must be at least 1");
        }
    }
}
