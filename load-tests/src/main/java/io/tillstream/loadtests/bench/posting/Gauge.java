package io.tillstream.loadtests.bench.posting;

/** How far a contender has come, as readers of committed records see it. */
interface Gauge {
    /** Records that can be read; a little more where commit markers take offsets. */
    long position();

    /** Whether nothing is written that can't be read yet. */
    boolean isSettled();
}
