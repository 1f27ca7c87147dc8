package io.tillstream.loadtests.bench.posting;

import org.HdrHistogram.Histogram;

/**
 * From the moment at which an event was due to be appended to the moment at which its output was read committed.
 *
 * @param eventsPerSecond offered
 * @param count outputs measured
 */
record Latency(String variant, double eventsPerSecond, long count, long p50Ms, long p99Ms, long p999Ms, long maxMs) {
    static Latency of(Variant variant, double eventsPerSecond, Histogram millis) {
        return new Latency(
                variant.toString(),
                eventsPerSecond,
                millis.getTotalCount(),
                millis.getValueAtPercentile(50),
                millis.getValueAtPercentile(99),
                millis.getValueAtPercentile(99.9),
                millis.getMaxValue());
    }
}
