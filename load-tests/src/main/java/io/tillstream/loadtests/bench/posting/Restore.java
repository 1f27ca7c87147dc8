package io.tillstream.loadtests.bench.posting;

/**
 * How fast a process without state restores the journal. Each time is that of a fresh process on the full journal, less that on an
 * empty one; so the compiler's warm-up is in it, the JVM's start is not.
 *
 * @param entries of the journal
 * @param entriesPerSecond restored
 * @param readPerSecond by a plain consumer of the same topic
 */
record Restore(long entries, double seconds, double entriesPerSecond, double readPerSecond, double ratio) {}
