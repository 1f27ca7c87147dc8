/**
 * {@code bench sink}: the ledger sink against a bare COPY of its rows.
 *
 * <p>{@link io.tillstream.loadtests.bench.sink.SinkBench} is the order of things: a journal is written once; then the sink's own process
 * stores it in an empty database and is checked, and a bare COPY stores the same rows in another empty database, in turns. Never
 * counts a run whose rows are not exactly the journal's.
 */
package io.tillstream.loadtests.bench.sink;
