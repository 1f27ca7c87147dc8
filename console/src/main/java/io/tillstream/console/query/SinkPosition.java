package io.tillstream.console.query;

/**
 * A row of {@code operations.sink_offset}: how far the ledger sink is.
 *
 * @param nextOffset offset of the next record to store
 * @param nextSequence of the journal: the next entry's sequence; of other topics: records stored
 */
public record SinkPosition(String topic, int partition, long nextOffset, long nextSequence) {}
