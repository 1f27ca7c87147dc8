/**
 * Posting on Apache Flink, a contender of {@code ./tillstream bench posting}: Kafka source, one keyed process function, exactly-once
 * Kafka sink. It runs in a JVM and class path of its own, because Flink needs another client version than the product, and takes
 * rules and settings from the other peers. Start at {@link io.tillstream.flinkpeer.FlinkMain}.
 */
package io.tillstream.flinkpeer;
