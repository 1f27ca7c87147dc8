/**
 * The query API: GET only, JSON, documented in openapi.yaml at the root of the tree (a test compares the two).
 *
 * <p>{@link ApiRoutes} checks parameters, asks one query class and answers with its record; amounts are minor units with
 * their currency, times ISO 8601 in UTC. {@link FileDownloads} hands out released settlement files after it has
 * compared them with the checksum that they were released with.
 *
 * <p>It changes nothing and knows no other files than those in {@code settlement.files}.
 */
package io.tillstream.console.api;
