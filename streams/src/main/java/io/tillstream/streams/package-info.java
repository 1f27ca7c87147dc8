/**
 * The stream processors in one process: posting, detection and settlement, each an application of Kafka Streams with an id of its
 * own, so that each can also run in processes of its own ({@code roles}).
 *
 * <p>{@link io.tillstream.streams.StreamsService} is the table of contents: it checks the cluster, builds the three topologies and
 * watches them. It never handles a payment itself.
 */
package io.tillstream.streams;
