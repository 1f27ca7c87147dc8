/**
 * To the broker: {@link io.tillstream.ingest.publish.KafkaEventPublisher} writes events to payments.events with acks=all and
 * idempotence, into the partition that {@code PaymentKeys} gives, and tells each one's outcome exactly once.
 *
 * <p>It never blocks the thread that calls it: partitions are known before the first event, the producer's own waiting time is zero, and
 * its memory is bounded. What the broker does not confirm in time is reported as failed, which means not known to be there: the
 * client tries again with the same key, and posting counts it once.
 */
package io.tillstream.ingest.publish;
