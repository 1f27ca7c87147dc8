package io.tillstream.local.dayfile;

import java.util.Objects;

/**
 * What became of one row.
 *
 * @param rowNumber data rows from 1
 * @param billType the file's own bill type, for the totals
 * @param amount minor units; 0 where the file has none
 * @param detail why it was not taken, or a note such as REPEATED_ID for one that was
 * @param eventId of the payment; empty if it was not accepted
 */
record RowOutcome(long rowNumber, String id, String billType, long amount, Kind kind, String detail, String eventId) {
    enum Kind {
        /** Taken by ingest, and by posting as far as that is known; posted once, however often the file is imported. */
        ACCEPTED,
        /** Left out as the mapping says. */
        SKIPPED,
        /** Refused by ingest or by posting. */
        REFUSED,
        /** The row can't be used, or no answer came. */
        FAILED
    }

    RowOutcome {
        Objects.requireNonNull(billType, "billType");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(eventId, "eventId");
    }

    /** The same row, of which more is known now. */
    RowOutcome with(Kind nowKind, String more) {
        String details = detail.isEmpty() ? more : detail + " " + more;
        return new RowOutcome(rowNumber, id, billType, amount, nowKind, details, eventId);
    }
}
