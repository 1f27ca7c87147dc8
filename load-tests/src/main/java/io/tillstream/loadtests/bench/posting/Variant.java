package io.tillstream.loadtests.bench.posting;

/**
 * Settings in which runs of a contender differ.
 *
 * @param threads stream threads, parallelism or connections
 * @param commitIntervalMs between transactions or checkpoints
 */
record Variant(int threads, int commitIntervalMs) {
    @Override
    public String toString() {
        return threads + (threads == 1 ? " thread, " : " threads, ") + commitIntervalMs + " ms";
    }
}
