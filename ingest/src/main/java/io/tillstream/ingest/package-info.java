/**
 * Takes payment events in over HTTP and answers when the broker has them. {@link io.tillstream.ingest.Ingest} is the table of
 * contents; a request goes {@code http} (routes, bodies) - {@code cardguard} - {@code auth} - {@code limits} - {@code intake} (JSON
 * to event) - {@code tenants} (known funds, suspensions) - {@code idempotency} - {@code publish} (topic payments.events).
 *
 * <p>202 means that all in-sync replicas have the event. The same request gives the same ids on every instance, so any number
 * of instances can run behind any balancer.
 *
 * <p>Ingest never decides whether money moves: posting does. It never keeps a card number, and no clear network address or device.
 */
package io.tillstream.ingest;
