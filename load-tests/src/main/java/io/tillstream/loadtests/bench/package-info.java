/**
 * The benchmarks: {@code ./tillstream bench WORD}.
 *
 * <p>{@link io.tillstream.loadtests.bench.Bench} reads the word. {@code stage} holds what any benchmark stands on: broker, registry,
 * processes, what they use of the machine. {@code posting} races posting against its peers and draws its curves and flame graphs;
 * {@code peer} holds these peers, each run in a JVM of its own. {@code ingest} and {@code pipeline} send a load over HTTP, which
 * {@code load} makes; {@code sink} races the ledger sink against a bare COPY. {@code jmh} measures single steps. {@code plot} draws.
 * Results are JSON files under load-tests/results, pictures are SVG beside them.
 *
 * <p>Nothing here is part of the product, and the product knows nothing of it.
 */
package io.tillstream.loadtests.bench;
