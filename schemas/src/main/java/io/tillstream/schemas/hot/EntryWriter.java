package io.tillstream.schemas.hot;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.WireFormat;
import java.util.Arrays;

/**
 * Writes one JournalEntry in the wire format, the event's bytes copied as they are. Calls come in the order of the schema:
 * begin, owner, through, postings, end; then the hash goes into the last 32 bytes.
 */
@SuppressWarnings("EnumOrdinal") // Avro writes an enum as the index of its symbol
public final class EntryWriter {
    /** Length of the hash at the entry's end. */
    public static final int HASH_BYTES = 32;

    private static final int VARINT_BYTES_MAX = 10;

    private final EntryView written = new EntryView();
    private byte[] buffer = new byte[4096];
    private int at;

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
        WireFormat.writeHeader(buffer, schemaId);
        at = WireFormat.HEADER_BYTES;
        writeLong(sequence);
        writeLong(kind.ordinal());
        writeLong(partition);
        writeLong(businessDate);
        writeLong(recordedAtMs);
        writeLong(sourceOffset);
        writeLong(refersTo);
        writeLong(reason.ordinal());
        written.head(sequence, kind, partition, businessDate, refersTo, reason);
    }

    /** tender, currency and tenant. */
    public void owner(Tender tender, byte[] currency, byte[] tenant) {
        writeLong(tender.ordinal());
        int currencyAt = string(currency);
        int tenantAt = string(tenant);
        written.owner(tender, currencyAt, currency.length, tenantAt, tenant.length);
    }

    /** The clearing or till account: a prefix and the rest from another array. */
    public void through(byte[] prefix, byte[] source, int from, int length) {
        written.through(prefixed(prefix, source, from, length), prefix.length + length);
    }

    /** Starts the postings; exactly {@code count} calls of {@link #posting} follow. */
    public void postings(int count) {
        if (count > 0) {
            writeLong(count);
        }
    }

    /** One posting, debit positive. */
    public void posting(long amount, byte[] prefix, byte[] source, int from, int length) {
        writeLong(amount);
        written.addPosting(amount, prefixed(prefix, source, from, length), prefix.length + length);
    }

    /** Ends the postings. */
    public void postingsEnd() {
        writeLong(0);
    }

    /**
     * The event as nested record, no mark.
     *
     * @return the finished entry in an array of its own, its hash still to be filled in; good until the next {@link #begin}, and
     *     {@code event} is its event
     */
    public EntryView end(EventView event) {
        writeLong(1);
        copy(event.bytes(), event.start(), event.end() - event.start());
        writeLong(0);
        writeLong(0);
        room(HASH_BYTES);
        at += HASH_BYTES; // whatever stands there, the hash replaces it
        written.written(Arrays.copyOf(buffer, at), event);
        return written;
    }

    /** Where the text begins, like {@link #string}. */
    private int prefixed(byte[] prefix, byte[] source, int from, int length) {
        writeLong((long) prefix.length + length);
        int start = at;
        copy(prefix, 0, prefix.length);
        copy(source, from, length);
        return start;
    }

    private int string(byte[] text) {
        writeLong(text.length);
        int start = at;
        copy(text, 0, text.length);
        return start;
    }

    private void copy(byte[] source, int from, int length) {
        room(length);
        System.arraycopy(source, from, buffer, at, length);
        at += length;
    }

    private void writeLong(long value) {
        room(VARINT_BYTES_MAX);
        long raw = (value << 1) ^ (value >> 63);
        while ((raw & ~0x7FL) != 0) {
            buffer[at++] = (byte) (raw | 0x80);
            raw >>>= 7;
        }
        buffer[at++] = (byte) raw;
    }

    private void room(int needed) {
        if (needed > buffer.length - at) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, at + needed));
        }
    }
}
