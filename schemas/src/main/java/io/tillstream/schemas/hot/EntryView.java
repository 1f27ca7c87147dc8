package io.tillstream.schemas.hot;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.WireFormat;
import java.util.Arrays;

/** One JournalEntry of the current version in the wire format, walked once. Marks (terms, close) are left to Avro's own reader. */
public final class EntryView {
    private static final int TEXT_BYTES_MAX = 4096;
    private static final EntryKind[] KINDS = EntryKind.values();
    private static final Refusal[] REASONS = Refusal.values();
    private static final Tender[] TENDERS = Tender.values();

    private final AvroBytes cursor = new AvroBytes();
    private final EventView nested = new EventView();
    private EventView event = nested;
    private byte[] bytes = new byte[0];
    private long sequence;
    private EntryKind kind = EntryKind.RECORDED;
    private int partition;
    private int businessDate;
    private long refersTo;
    private Refusal reason = Refusal.NONE;
    private Tender tender = Tender.CARD;
    private int currencyAt;
    private int currencyLength;
    private int tenantAt;
    private int tenantLength;
    private int throughAt;
    private int throughLength;
    private int postingCount;
    private long[] amounts = new long[8];
    private int[] accountsAt = new int[8];
    private int[] accountLengths = new int[8];
    private boolean hasEvent;

    /**
     * Walks one value of the journal topic, header included; the schema id is not looked at.
     *
     * @throws UnreadableRecordException if the bytes are no entry
     */
    public void wrap(byte[] value) {
        AvroBytes in = cursor;
        in.wrap(value, WireFormat.HEADER_BYTES, value.length);
        walkHead(value);
        hasEvent = in.readEnum(2, "event") == 1;
        event = nested;
        if (hasEvent) {
            nested.wrapNested(value, in, value.length);
            eventEnd(in);
        }
    }

    private void walkHead(byte[] value) {
        bytes = value;
        AvroBytes in = cursor;
        sequence = in.readLong();
        kind = KINDS[in.readEnum(KINDS.length, "kind")];
        partition = in.readInt();
        businessDate = in.readInt();
        in.readLong(); // recordedAt
        in.readLong(); // sourceOffset
        refersTo = in.readLong();
        reason = REASONS[in.readEnum(REASONS.length, "reason")];
        tender = TENDERS[in.readEnum(TENDERS.length, "tender")];
        currencyAt = in.string(TEXT_BYTES_MAX, "currency");
        currencyLength = in.length();
        tenantAt = in.string(TEXT_BYTES_MAX, "tenant");
        tenantLength = in.length();
        throughAt = in.string(TEXT_BYTES_MAX, "through");
        throughLength = in.length();
        postings(in);
    }

    // What follows is filled in by the writer as it writes, so that nobody has to walk what was just written.

    void head(long sequence, EntryKind kind, int partition, int businessDate, long refersTo, Refusal reason) {
        this.sequence = sequence;
        this.kind = kind;
        this.partition = partition;
        this.businessDate = businessDate;
        this.refersTo = refersTo;
        this.reason = reason;
        postingCount = 0;
    }

    void owner(Tender tender, int currencyAt, int currencyLength, int tenantAt, int tenantLength) {
        this.tender = tender;
        this.currencyAt = currencyAt;
        this.currencyLength = currencyLength;
        this.tenantAt = tenantAt;
        this.tenantLength = tenantLength;
    }

    void through(int at, int length) {
        throughAt = at;
        throughLength = length;
    }

    void addPosting(long amount, int accountAt, int accountLength) {
        if (postingCount == amounts.length) {
            amounts = Arrays.copyOf(amounts, 2 * postingCount);
            accountsAt = Arrays.copyOf(accountsAt, 2 * postingCount);
            accountLengths = Arrays.copyOf(accountLengths, 2 * postingCount);
        }
        amounts[postingCount] = amount;
        accountsAt[postingCount] = accountAt;
        accountLengths[postingCount] = accountLength;
        postingCount++;
    }

    void written(byte[] value, EventView writtenEvent) {
        bytes = value;
        hasEvent = true;
        event = writtenEvent;
    }

    private static void eventEnd(AvroBytes in) {
        if (in.readEnum(2, "terms") != 0 || in.readEnum(2, "close") != 0) {
            throw in.malformed("holds an event and a mark");
        }
        in.fixed(EntryWriter.HASH_BYTES);
        if (!in.isAtEnd()) {
            throw new UnreadableRecordException(
                    QuarantineReason.TRAILING_BYTES, "Bytes follow the entry at byte " + in.at());
        }
    }

    private void postings(AvroBytes in) {
        postingCount = 0;
        for (long block = in.readLong(); block != 0; block = in.readLong()) {
            if (block < 0) {
                in.blockSize();
                block = -block;
            }
            if (block < 0) {
                throw in.malformed("holds an impossible count of postings");
            }
            for (long i = 0; i < block; i++) {
                posting(in);
            }
        }
    }

    private void posting(AvroBytes in) {
        long amount = in.readLong();
        int accountAt = in.string(TEXT_BYTES_MAX, "account");
        addPosting(amount, accountAt, in.length());
    }

    /** The array that positions refer to. */
    public byte[] bytes() {
        return bytes;
    }

    public long sequence() {
        return sequence;
    }

    public EntryKind kind() {
        return kind;
    }

    public int partition() {
        return partition;
    }

    /** Days since 1970-01-01. */
    public int businessDate() {
        return businessDate;
    }

    public long refersTo() {
        return refersTo;
    }

    public Refusal reason() {
        return reason;
    }

    public Tender tender() {
        return tender;
    }

    public int currencyAt() {
        return currencyAt;
    }

    public int currencyLength() {
        return currencyLength;
    }

    public int tenantAt() {
        return tenantAt;
    }

    public int tenantLength() {
        return tenantLength;
    }

    public int throughAt() {
        return throughAt;
    }

    public int throughLength() {
        return throughLength;
    }

    public int postingCount() {
        return postingCount;
    }

    /** Minor units, debit positive. */
    public long amount(int posting) {
        return amounts[posting];
    }

    public int accountAt(int posting) {
        return accountsAt[posting];
    }

    public int accountLength(int posting) {
        return accountLengths[posting];
    }

    /** Whether {@link #event} is filled. */
    public boolean hasEvent() {
        return hasEvent;
    }

    public EventView event() {
        return event;
    }

    /** Position of the hash. */
    public int hashAt() {
        return bytes.length - EntryWriter.HASH_BYTES;
    }
}
