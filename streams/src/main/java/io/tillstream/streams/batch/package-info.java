/**
 * Many records through Kafka Streams as one. What Streams does for a record (queues, timestamps, contexts, metrics, callbacks) costs
 * more than posting's own work on it; with these clients it is done once for all records of a partition that a poll has brought. What
 * is stored, committed and acknowledged is the same record by record. Knows nothing of payments.
 */
package io.tillstream.streams.batch;
