/**
 * The benchmarks: {@code ./tillstream bench WORD}.
 *
 * <p>{@link io.tillstream.loadtests.bench.Bench} reads the word. {@code stage} holds what any benchmark stands on: broker, registry,
 * processes, what they use of the machine. {@code posting} races posting against its peers, {@code peer} holds these peers, each run
 * in a JVM of its own, and draws curves and flame graphs of it. {@code sink} races the ledger sink against a bare COPY. {@code jmh}
 * measures single steps. {@code plot} draws. Results are JSON files under load-tests/results, pictures are SVG beside them.
 *
 * <p>Nothing here is part of the product, and the product knows nothing of it.
 */
package io.tillstream.loadtests.bench;
