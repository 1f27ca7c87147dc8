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
        int connections,
        int heapMegabytes) {}
