/**
 * {@code bench ingest}: ingest on a real broker under load over HTTP, against the same server with a publisher that acknowledges at
 * once. {@link io.tillstream.loadtests.bench.ingest.IngestBench} is the table of contents.
 *
 * <p>Server, broker and load are processes of their own. A run counts only if every event that was answered 202 is committed once.
 */
package io.tillstream.loadtests.bench.ingest;
