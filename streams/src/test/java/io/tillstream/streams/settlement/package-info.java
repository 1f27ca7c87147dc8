/** Settlement: its rules as plain tests, its wiring with Kafka Streams' test driver. */
package io.tillstream.streams.settlement;
