package io.tillstream.loadtests.bench.pipeline;

import java.nio.file.Path;

/**
 * What to measure and how long.
 *
 * @param work a directory for data, removed at the end
 * @param heldSeconds of the measured load
 * @param perSecond events a second to hold; 0 lets a ramp find them
 * @param rampFrom first rate of the ramp
 * @param rampSeconds of each of its steps
 * @param share of the ramp's last good rate that is held
 * @param lines events of a batch; 0 sends single events
 * @param connections of the load
 * @param heapMegabytes of each service
 */
record PipelineOptions(
        Path home,
        Path work,
        Path out,
        int heldSeconds,
        double perSecond,
        double rampFrom,
        int rampSeconds,
        double share,
        int tenants,
        int lines,
        int connections,
        int heapMegabytes) {
    /** Of ingest's setting http.batches-max the half: more at a time would be refused. */
    private static final int BATCHES_MAX = 8;

    PipelineOptions {
        if (heldSeconds < 1 || tenants < 1 || lines < 0 || rampFrom <= 0 || share <= 0) {
            throw new IllegalArgumentException("time, cities, first rate and share must be more than 0");
        }
        connections = lines > 0 ? Math.min(connections, BATCHES_MAX) : connections;
    }
}
