package io.tillstream.schemas.hot;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;

/**
 * Writes one JournalEntry in the wire format, the event's bytes copied as they are. Calls come in the order of the schema:
 * begin, owner, through, postings, end; then the hash goes into the last 32 bytes.
 */
@SuppressWarnings("EnumOrdinal") // Avro writes an enum as the index of its symbol
public final class EntryWriter {
    /** Length of the hash at the entry's end. */
    public static final int HASH_BYTES = 32;

    private final EntryView written = new EntryView();
    private final AvroOutput out = new AvroOutput();

    /** Starts an entry; amounts and dates as the schema says. {@code refersTo} is -1 for none. */
    public void begin(
            int schemaId,
            long sequence,
            EntryKind kind,
            int partition,
            int businessDate,
            long recordedAtMs,
            long sourceOffset,
            long refersTo,
            Refusal reason) {
        out.begin(schemaId);
        out.writeLong(sequence);
        out.writeLong(kind.ordinal());
        out.writeLong(partition);
        out.writeLong(businessDate);
        out.writeLong(recordedAtMs);
        out.writeLong(sourceOffset);
        out.writeLong(refersTo);
        out.writeLong(reason.ordinal());
        written.head(sequence, kind, partition, businessDate, refersTo, reason);
    }

    /** tender, currency and tenant. */
    public void owner(Tender tender, byte[] currency, byte[] tenant) {
        out.writeLong(tender.ordinal());
        int currencyAt = out.string(currency);
        int tenantAt = out.string(tenant);
        written.owner(tender, currencyAt, currency.length, tenantAt, tenant.length);
    }

    /** The clearing or till account: a prefix and the rest from another array. */
    public void through(byte[] prefix, byte[] source, int from, int length) {
        written.through(out.string(prefix, source, from, length), prefix.length + length);
    }

    /** Starts the postings; exactly {@code count} calls of {@link #posting} follow. */
    public void postings(int count) {
        if (count > 0) {
            out.writeLong(count);
        }
    }

    /** One posting, debit positive. */
    public void posting(long amount, byte[] prefix, byte[] source, int from, int length) {
        out.writeLong(amount);
        written.addPosting(amount, out.string(prefix, source, from, length), prefix.length + length);
    }

    /** Ends the postings. */
    public void postingsEnd() {
        out.writeLong(0);
    }

    /**
     * The event as nested record, no mark.
     *
     * @return the finished entry in an array of its own, its hash still to be filled in; good until the next {@link #begin}, and
     *     {@code event} is its event
     */
    public EntryView end(EventView event) {
        out.writeLong(1);
        out.copy(event.bytes(), event.start(), event.end() - event.start());
        out.writeLong(0);
        out.writeLong(0);
        out.skip(HASH_BYTES); // whatever stands there, the hash replaces it
        written.written(out.toBytes(), event);
        return written;
    }
}
