package io.tillstream.streams.posting;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.EntryView;

/** The journal's way back into a ledger: reads a few entries before it applies the first of them. */
final class Restoring {
    /** Entries whose places in the tables are fetched from memory together. */
    private static final int LOOK_AHEAD = 16;

    private final AvroCodec<JournalEntry> codec;
    private final Ledger ledger;
    private final EntryView[] ahead = new EntryView[LOOK_AHEAD];
    private final byte[][] values = new byte[LOOK_AHEAD][]; // as they were written
    private int count;

    Restoring(AvroCodec<JournalEntry> codec, Ledger ledger) {
        this.codec = codec;
        this.ledger = ledger;
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] = new EntryView();
        }
    }

    /** Takes the journal's next value; it is applied with those after it, at the latest by {@link #applyAll}. */
    void add(byte[] value) {
        if (count == LOOK_AHEAD) {
            applyAll();
        }
        boolean isCurrent = WireFormat.schemaId(value) == codec.schemaId();
        ahead[count].wrap(isCurrent ? value : codec.encode(codec.decode(value)));
        values[count++] = value;
    }

    /**
     * Applies what has been added.
     *
     * @throws BrokenInvariantException if one of them is not the journal's next; the ledger stands before that one
     */
    void applyAll() {
        int added = count;
        count = 0;
        for (int i = 0; i < added; i++) {
            ledger.expect(ahead[i]); // close together, so that the processor waits for all of them at once
        }
        for (int i = 0; i < added; i++) {
            ledger.applyRestored(values[i], ahead[i]);
        }
    }
}
