/**
 * Load over HTTP from a JVM of its own: {@link io.tillstream.loadtests.bench.load.LoadMain} sends payments to ingest in open or closed
 * loop and writes what was answered; {@link io.tillstream.loadtests.bench.load.CommittedCheck} compares that with payments.events.
 *
 * <p>One thread and plain sockets: two cores carry server, broker and load, so a request must cost little here. Latencies count from the
 * moment at which a request was due (no coordinated omission). Nothing here starts a server.
 */
package io.tillstream.loadtests.bench.load;
