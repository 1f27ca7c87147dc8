/**
 * The console: pages for operators, finance and fraud analysts, and the query API.
 *
 * <p>{@link io.tillstream.console.Console} is the table of contents: the database and the platform's samples
 * ({@code query}, {@code overview}), who may see what ({@code access}, {@code web}), then the routes of pages
 * ({@code pages}) and of the API ({@code api}).
 *
 * <p>The console only reads: views of the ledger sink's database, offsets of Kafka, health of the services, released
 * files. It never writes any of them and never reads a payment from a topic.
 */
package io.tillstream.console;
