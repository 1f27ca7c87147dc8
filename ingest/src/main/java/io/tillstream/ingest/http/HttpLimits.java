package io.tillstream.ingest.http;

import java.time.Duration;

/**
 * Bounds of the HTTP side.
 *
 * @param singleBytesMax largest body of one event
 * @param batchBytesMax largest body of a batch
 * @param batchLinesMax most lines of a batch
 * @param batchesMax batches at a time
 * @param connectionsMax connections at a time; more wait in the system's queue
 * @param threadsMax threads of the server
 * @param idleMax how long a connection may be silent
 * @param bodyMax how long a body may take to arrive
 */
public record HttpLimits(
        int singleBytesMax,
        int batchBytesMax,
        int batchLinesMax,
        int batchesMax,
        int connectionsMax,
        int threadsMax,
        Duration idleMax,
        Duration bodyMax) {
    public HttpLimits {
        if (singleBytesMax < 1 || batchBytesMax < singleBytesMax || batchLinesMax < 1 || batchesMax < 1) {
            throw new IllegalArgumentException("a batch holds at least one event");
        }
        if (connectionsMax < 1 || threadsMax < 1) {
            throw new IllegalArgumentException("at least one connection and one thread");
        }
    }
}
