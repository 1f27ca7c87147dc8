/**
 * The HTTP side: {@link io.tillstream.ingest.http.HttpServer} is the table of contents. On its way a request meets
 * {@code CardGuardHandler} (path, query and headers, before any routing), the route's handler ({@code PaymentHandler},
 * {@code BatchHandler}), {@code RequestBody} (reads without a waiting thread), and then {@code Intake}.
 *
 * <p>Threads: a request's thread reads what has arrived and goes back to the pool; answers that wait for the broker are written by a
 * pool thread again, never by the producer's. No thread waits for a client that is slow to send or to read.
 *
 * <p>This package never echoes what a client sent, not in error pages either, and logs no path, query, header or body.
 */
package io.tillstream.ingest.http;
