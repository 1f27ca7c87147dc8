package io.tillstream.ledgersink.intake;

import static java.util.Objects.requireNonNull;

import io.tillstream.schemas.Hash;

/**
 * How far the database is in one partition.
 *
 * @param nextOffset offset of the next record to store
 * @param nextSequence journal: sequence of the next entry; other topics: records stored
 * @param chainHead journal: hash of the last entry stored; 32 zero bytes before the first and for other topics
 */
public record Position(long nextOffset, long nextSequence, Hash chainHead) {
    private static final int HASH_BYTES = 32;

    public Position {
        requireNonNull(chainHead, "chainHead");
        if (nextOffset < 0 || nextSequence < 0) {
            throw new IllegalArgumentException("position is negative: " + nextOffset + ", " + nextSequence);
        }
    }

    /** Nothing stored yet; the first record has offset {@code firstOffset}. */
    public static Position start(long firstOffset) {
        return new Position(firstOffset, 0, new Hash(new byte[HASH_BYTES]));
    }

    /** Behind {@code count} more records, the last of which has {@code lastOffset}; the chain head stays. */
    public Position after(long lastOffset, long count) {
        return new Position(lastOffset + 1, nextSequence + count, chainHead);
    }
}
