/**
 * What an engineer would use instead of posting, each started in a JVM of its own by {@code bench.posting}: a transactional copy,
 * Kafka Streams passing through, Kafka Streams with stores in RocksDB (as one finds it, and tuned), PostgreSQL alone. Apache Flink
 * is in the module flink-peer, because it needs another client version, and takes its rules from here.
 *
 * <p>{@link io.tillstream.loadtests.bench.peer.PeerRules} holds the posting rules that all peers share: captures, refunds and
 * chargebacks, which are what the workload sends. Never part of the product.
 */
package io.tillstream.loadtests.bench.peer;
