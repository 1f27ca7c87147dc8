package io.tillstream.loadtests.bench.sink;

import java.nio.file.Path;

/**
 * What to measure.
 *
 * @param home the working tree
 * @param work a directory for servers' data
 * @param out the result's file
 * @param entries of events in the journal; the marks come on top
 * @param runs of each, alternated
 * @param threads of the sink's journal, and connections of the bare COPY
 */
record SinkOptions(Path home, Path work, Path out, long entries, int runs, long seed, int threads, int heapMegabytes) {
    /** The rows are held in memory, about 600 bytes for an entry with its postings, and the launcher's heap is 3 GB. */
    private static final long ENTRIES_MAX = 2_000_000;

    /** More than partitions would be idle. */
    private static final int THREADS_MAX = 4;

    SinkOptions {
        if (entries < 1_000 || entries > ENTRIES_MAX || runs < 1) {
            throw new IllegalArgumentException("entries must be from 1,000 to " + ENTRIES_MAX + ", runs at least 1");
        }
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException("threads must be from 1 to " + THREADS_MAX);
        }
    }
}
