package io.tillstream.ledgersink.journal;

import io.tillstream.ledgersink.database.CopyBuffer;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Rows of ledger.entry and ledger.posting from the Avro bytes of entries of the current schema version. One pass, in the order of
 * JournalEntry.avsc, straight into COPY's format.
 */
final class EntryRows {
    private static final int ID_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int ENTRY_COLUMNS = 28;
    private static final int EVENT_COLUMNS = 15;
    private static final int POSTING_COLUMNS = 8;
    private static final long MICROS_PER_MILLI = 1000;
    private static final byte[][] KINDS = symbols(EntryKind.values());
    private static final byte[][] REFUSALS = symbols(Refusal.values());
    private static final byte[][] TENDERS = symbols(Tender.values());
    private static final byte[][] TYPES = symbols(PaymentEventType.values());
    private static final byte[][] CHANNELS = symbols(Channel.values());
    private static final byte[][] BILL_TYPES = symbols(BillType.values());
    private static final byte[] ITEMS_BEGIN = ascii("[");
    private static final byte[] ITEMS_NEXT = ascii(",");
    private static final byte[] ITEMS_END = ascii("]");
    private static final byte[] ITEM_TYPE = ascii("{\"billType\":\"");
    private static final byte[] ITEM_AMOUNT = ascii("\",\"amount\":");
    private static final byte[] ITEM_FUND = ascii(",\"fund\":\"");
    private static final byte[] ITEM_BILL = ascii("\",\"billAccount\":\"");
    private static final byte[] ITEM_END = ascii("\"}");

    private final CopyBuffer entries =
            new CopyBuffer("ledger.entry (sequence, kind, partition, business_date, recorded_at,"
                    + " source_offset, refers_to, reason, tender, currency, tenant, through, event_id, payment_id, event_type, channel,"
                    + " received_at, occurred_at, amount, processor, items, card_fingerprint, card_bin, card_last_four,"
                    + " payer_reference, client_reference, page_version, hash)");
    private final CopyBuffer postings = new CopyBuffer(
            "ledger.posting (sequence, partition, posting_number, amount, account, business_date, tenant, currency)");
    private final BalanceChanges balances;
    private final EntryCursor in = new EntryCursor();
    private long sequence;
    private int partition;
    private int businessDate;
    private int currencyAt;
    private int currencyLength;
    private int tenantAt;
    private int tenantLength;

    EntryRows(BalanceChanges balances) {
        this.balances = balances;
    }

    void clear() {
        entries.clear();
        postings.clear();
    }

    /** Sends the rows inside the connection's transaction. */
    void send(Connection connection) throws SQLException {
        entries.send(connection);
        postings.send(connection);
    }

    int entries() {
        return entries.rows();
    }

    /** Sequence of the entry added last. */
    long sequence() {
        return sequence;
    }

    /** Partition that the entry added last names. */
    int partition() {
        return partition;
    }

    /**
     * Adds the rows of one value of the journal topic, header included.
     *
     * @return whether the entry is a mark, whose terms or close are not walked here
     * @throws IllegalArgumentException if the bytes are no entry, or its postings do not add up to 0
     */
    boolean add(byte[] value) {
        in.wrap(value, WireFormat.HEADER_BYTES, value.length - HASH_BYTES);
        entries.row(ENTRY_COLUMNS);
        head();
        postings();
        boolean isMark = in.number() == 0;
        if (isMark) {
            for (int i = 0; i < EVENT_COLUMNS; i++) {
                entries.putNull();
            }
        } else {
            event();
            long terms = in.number();
            long close = in.number();
            if (terms != 0 || close != 0 || in.at() != value.length - HASH_BYTES) {
                throw new IllegalArgumentException("holds more than an event at byte " + in.at());
            }
        }
        entries.putBytes(value, value.length - HASH_BYTES, HASH_BYTES);
        return isMark;
    }

    private void head() {
        sequence = in.number();
        entries.putLong(sequence);
        putSymbol(KINDS, "kind");
        partition = Math.toIntExact(in.number());
        entries.putInt(partition);
        businessDate = Math.toIntExact(in.number());
        entries.putDate(businessDate);
        entries.putTime(micros(in.number()));
        entries.putLong(in.number());
        entries.putLong(in.number());
        putSymbol(REFUSALS, "reason");
        putSymbol(TENDERS, "tender");
        currencyAt = in.text();
        currencyLength = in.length();
        entries.putText(in.bytes(), currencyAt, currencyLength);
        tenantAt = in.text();
        tenantLength = in.length();
        entries.putText(in.bytes(), tenantAt, tenantLength);
        putText();
    }

    private void postings() {
        long sum = 0;
        int number = 0;
        balances.owner(partition, in.bytes(), tenantAt, tenantLength, currencyAt, currencyLength);
        for (long block = in.block(); block != 0; block = in.block()) {
            for (long i = 0; i < block; i++) {
                long amount = in.number();
                sum = Math.addExact(sum, amount);
                posting(number++, amount, in.text(), in.length());
            }
        }
        if (sum != 0) {
            throw new IllegalArgumentException("has postings that add up to " + sum + ", not 0 (I1)");
        }
    }

    private void posting(int number, long amount, int accountAt, int accountLength) {
        byte[] bytes = in.bytes();
        postings.row(POSTING_COLUMNS);
        postings.putLong(sequence);
        postings.putInt(partition);
        postings.putInt(number);
        postings.putLong(amount);
        postings.putText(bytes, accountAt, accountLength);
        postings.putDate(businessDate);
        postings.putText(bytes, tenantAt, tenantLength);
        postings.putText(bytes, currencyAt, currencyLength);
        balances.add(accountAt, accountLength, amount);
    }

    private void event() {
        entries.putBytes(in.bytes(), in.fixed(ID_BYTES), ID_BYTES);
        entries.putBytes(in.bytes(), in.fixed(ID_BYTES), ID_BYTES);
        putSymbol(TYPES, "type");
        putSymbol(CHANNELS, "channel");
        in.number(); // the event's tender: the entry's is stored
        in.number(); // entryMode
        in.number(); // declineClass
        in.number(); // avsResult
        in.number(); // cvvResult
        entries.putTime(in.number());
        entries.putTime(in.number());
        entries.putLong(in.number());
        in.number(); // convenienceFee: a posting
        in.text(); // currency: the entry's is stored
        in.text(); // tenant: the entry's is stored
        putText();
        items();
        card();
        putText();
        putText();
        in.text(); // ipHash
        in.text(); // deviceHash
        putText();
        in.text(); // terminal
        in.text(); // cashier
        in.text(); // session
    }

    private void items() {
        long block = in.block();
        if (block == 0) {
            entries.putNull();
            return;
        }
        entries.beginJson();
        byte[] separator = ITEMS_BEGIN;
        for (; block != 0; block = in.block()) {
            for (long i = 0; i < block; i++) {
                entries.json(separator);
                item();
                separator = ITEMS_NEXT;
            }
        }
        entries.json(ITEMS_END);
        entries.endJson();
    }

    private void item() {
        entries.json(ITEM_TYPE);
        entries.json(in.symbol(BILL_TYPES, "billType"));
        entries.json(ITEM_AMOUNT);
        entries.json(ascii(Long.toString(in.number())));
        entries.json(ITEM_FUND);
        entries.jsonText(in.bytes(), in.text(), in.length());
        entries.json(ITEM_BILL);
        entries.jsonText(in.bytes(), in.text(), in.length());
        entries.json(ITEM_END);
    }

    private void card() {
        if (in.number() == 0) {
            entries.putNull();
            entries.putNull();
            entries.putNull();
            return;
        }
        putText();
        putText();
        putText();
        in.text(); // brand
    }

    private void putText() {
        int from = in.text();
        entries.putText(in.bytes(), from, in.length());
    }

    private void putSymbol(byte[][] symbols, String field) {
        byte[] symbol = in.symbol(symbols, field);
        entries.putBytes(symbol, 0, symbol.length);
    }

    /** Any client may write any timestamp to Kafka, so this one is bounded instead of refused. */
    private static long micros(long millis) {
        long most = Long.MAX_VALUE / MICROS_PER_MILLI;
        return Math.max(-most, Math.min(most, millis)) * MICROS_PER_MILLI;
    }

    private static byte[][] symbols(Enum<?>[] values) {
        byte[][] symbols = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            symbols[i] = ascii(values[i].name());
        }
        return symbols;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
