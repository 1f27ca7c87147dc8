/**
 * Speaks to ingest as a city's channel does: over HTTP, with an API key or signed requests.
 *
 * <p>{@link io.tillstream.local.client.ChannelKey} proves who asks, {@link io.tillstream.local.client.IngestClient} sends one
 * payment or a batch of lines and gives the answer as it is. Whether to try again is the caller's decision.
 *
 * <p>Never: a secret in a log or an exception text; a request without a time limit.
 */
package io.tillstream.local.client;
