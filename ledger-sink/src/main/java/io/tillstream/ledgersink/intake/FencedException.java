package io.tillstream.ledgersink.intake;

import org.apache.kafka.common.TopicPartition;

/** Another writer has moved a position on: this one no longer owns the partition and must write nothing. */
public final class FencedException extends RuntimeException {
    FencedException(TopicPartition partition, Position known) {
        super(partition + ": another writer has moved the position; this one knew offset " + known.nextOffset()
                + ", sequence " + known.nextSequence());
    }
}
