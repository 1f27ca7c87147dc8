package io.tillstream.schemas.hot;

import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.UnreadableRecordException;
import java.util.Arrays;

/**
 * The Avro bytes of one PaymentEvent (current version), walked once; fields that posting reads are kept as values or as positions
 * in {@link #bytes}. Used again for the next event, so nothing of it may be kept.
 */
public final class EventView {
    /** Most items of one event. */
    public static final int ITEMS_MAX = 1000;

    /** Longest tenant id in bytes. */
    public static final int TENANT_BYTES_MAX = 64;

    /** Longest code (fund, processor, currency) in bytes. */
    public static final int CODE_BYTES_MAX = 64;

    private static final int TEXT_BYTES_MAX = 4096;
    private static final int ID_BYTES = 16;
    private static final PaymentEventType[] TYPES = PaymentEventType.values();
    private static final Channel[] CHANNELS = Channel.values();
    private static final Tender[] TENDERS = Tender.values();
    private static final int ENTRY_MODES = EntryMode.values().length;
    private static final int DECLINE_CLASSES = DeclineClass.values().length;
    private static final int AVS_RESULTS = AvsResult.values().length;
    private static final int CVV_RESULTS = CvvResult.values().length;
    private static final int ENUMS = 7;
    private static final long ENUM_LIMITS = limits(
            TYPES.length, CHANNELS.length, TENDERS.length, ENTRY_MODES, DECLINE_CLASSES, AVS_RESULTS, CVV_RESULTS);
    private static final int BILL_TYPES = BillType.values().length;
    private static final String[] CARD = {"fingerprint", "bin", "lastFour", "brand"};
    private static final String[] REFERENCES = {"payerReference", "clientReference"};
    private static final String[] SOURCE = {"ipHash", "deviceHash", "pageVersion", "terminal", "cashier", "session"};

    private final AvroBytes cursor = new AvroBytes();
    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private PaymentEventType type = PaymentEventType.AUTHORISED;
    private Channel channel = Channel.WEB;
    private Tender tender = Tender.CARD;
    private long receivedAtMicros;
    private long occurredAtMicros;
    private long amount;
    private long convenienceFee;
    private int currencyAt;
    private int currencyLength;
    private int tenantAt;
    private int tenantLength;
    private int processorAt;
    private int processorLength;
    private int itemCount;
    private long[] itemAmounts = new long[8];
    private int[] fundsAt = new int[8];
    private int[] fundLengths = new int[8];
    private int bodyHash;

    /**
     * Walks one event that fills {@code [from, to)}.
     *
     * @throws UnreadableRecordException if the bytes are no event, or bytes are left over
     */
    public void wrap(byte[] value, int from, int to) {
        walk(value, from, to);
        if (end != to) {
            throw new UnreadableRecordException(
                    QuarantineReason.TRAILING_BYTES, (to - end) + " bytes follow the event at byte " + end);
        }
    }

    /** Reads no more than the ids, of bytes that may be an event; false if they are too few. */
    public boolean wrapIds(byte[] value, int from) {
        bytes = value;
        start = from;
        return value.length - from >= 2 * ID_BYTES;
    }

    /** Walks the event at the cursor of an entry and leaves the cursor behind it. */
    void wrapNested(byte[] value, AvroBytes outer, int to) {
        walk(value, outer.at(), to);
        outer.fixed(end - start);
    }

    /** Looks at each text only if not all are plain: to accept names with accents, and to say what is wrong where. */
    private void walk(byte[] value, int from, int to) {
        bytes = value;
        cursor.wrapUnchecked(value, from, to);
        walk(value);
        if (!cursor.isPlainText(start + 2 * ID_BYTES)) {
            cursor.wrap(value, from, to);
            walk(value);
        }
    }

    private void walk(byte[] value) {
        AvroBytes in = cursor;
        start = in.fixed(2 * ID_BYTES);
        enums(in);
        long hash = AvroBytes.mix(0, value, start, in.at());
        receivedAtMicros = in.readLong();
        int occurredAtFrom = in.at();
        occurredAtMicros = in.readLong();
        // A client that names no time is given the time of receipt, and another one when it sends the event again.
        int comparedFrom = occurredAtMicros == receivedAtMicros ? in.at() : occurredAtFrom;
        amount = in.readLong();
        convenienceFee = in.readLong();
        currencyAt = in.string(CODE_BYTES_MAX, "currency");
        currencyLength = in.length();
        tenantAt = in.string(TENANT_BYTES_MAX, "tenant");
        tenantLength = in.length();
        processorAt = in.string(CODE_BYTES_MAX, "processor");
        processorLength = in.length();
        items(in);
        card(in);
        in.strings(TEXT_BYTES_MAX, REFERENCES);
        hash = AvroBytes.mix(hash, value, comparedFrom, in.at());
        bodyHash = (int) (hash ^ (hash >>> 32));
        in.strings(TEXT_BYTES_MAX, SOURCE);
        end = in.at();
    }

    private void enums(AvroBytes in) {
        long indexes = in.readEnums(ENUMS, ENUM_LIMITS);
        if (indexes >= 0) {
            type = TYPES[(int) indexes & 0xFF];
            channel = CHANNELS[(int) (indexes >>> 8) & 0xFF];
            tender = TENDERS[(int) (indexes >>> 16) & 0xFF];
            return;
        }
        type = TYPES[in.readEnum(TYPES.length, "type")];
        channel = CHANNELS[in.readEnum(CHANNELS.length, "channel")];
        tender = TENDERS[in.readEnum(TENDERS.length, "tender")];
        in.readEnum(ENTRY_MODES, "entryMode");
        in.readEnum(DECLINE_CLASSES, "declineClass");
        in.readEnum(AVS_RESULTS, "avsResult");
        in.readEnum(CVV_RESULTS, "cvvResult");
    }

    private static long limits(int... symbols) {
        long limits = 0;
        for (int i = 0; i < symbols.length; i++) {
            limits |= (symbols[i] - 1L) << (i * Byte.SIZE);
        }
        return limits;
    }

    private void items(AvroBytes in) {
        itemCount = 0;
        for (long block = in.readLong(); block != 0; block = in.readLong()) {
            if (block < 0) {
                in.blockSize();
                block = -block;
            }
            if (block < 0 || block > ITEMS_MAX - itemCount) {
                throw new UnreadableRecordException(
                        QuarantineReason.INVALID_FIELD, "items holds more than " + ITEMS_MAX + " at byte " + in.at());
            }
            for (long i = 0; i < block; i++) {
                item(in);
            }
        }
    }

    private void item(AvroBytes in) {
        if (itemCount == itemAmounts.length) {
            itemAmounts = Arrays.copyOf(itemAmounts, 2 * itemCount);
            fundsAt = Arrays.copyOf(fundsAt, 2 * itemCount);
            fundLengths = Arrays.copyOf(fundLengths, 2 * itemCount);
        }
        in.readEnum(BILL_TYPES, "billType");
        itemAmounts[itemCount] = in.readLong();
        fundsAt[itemCount] = in.string(CODE_BYTES_MAX, "fund");
        fundLengths[itemCount] = in.length();
        in.string(TEXT_BYTES_MAX, "billAccount");
        itemCount++;
    }

    private static void card(AvroBytes in) {
        if (in.readEnum(2, "card") == 1) {
            in.strings(TEXT_BYTES_MAX, CARD);
        }
    }

    /** The array that positions refer to. */
    public byte[] bytes() {
        return bytes;
    }

    /** First byte of the event. */
    public int start() {
        return start;
    }

    /** Byte behind the event. */
    public int end() {
        return end;
    }

    public long eventIdHigh() {
        return AvroBytes.bigEndianLong(bytes, start);
    }

    public long eventIdLow() {
        return AvroBytes.bigEndianLong(bytes, start + 8);
    }

    public long paymentIdHigh() {
        return AvroBytes.bigEndianLong(bytes, start + ID_BYTES);
    }

    public long paymentIdLow() {
        return AvroBytes.bigEndianLong(bytes, start + ID_BYTES + 8);
    }

    /** Whether the event bears its payment's id, as the one that begins it does. */
    public boolean beginsPayment() {
        return eventIdLow() == paymentIdLow() && eventIdHigh() == paymentIdHigh();
    }

    public PaymentEventType type() {
        return type;
    }

    public Channel channel() {
        return channel;
    }

    public Tender tender() {
        return tender;
    }

    public long receivedAtMicros() {
        return receivedAtMicros;
    }

    public long occurredAtMicros() {
        return occurredAtMicros;
    }

    /** Minor units. */
    public long amount() {
        return amount;
    }

    /** Minor units, contained in amount. */
    public long convenienceFee() {
        return convenienceFee;
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

    public int processorAt() {
        return processorAt;
    }

    public int processorLength() {
        return processorLength;
    }

    public int itemCount() {
        return itemCount;
    }

    /** Minor units. */
    public long itemAmount(int item) {
        return itemAmounts[item];
    }

    public int fundAt(int item) {
        return fundsAt[item];
    }

    public int fundLength(int item) {
        return fundLengths[item];
    }

    /**
     * 32 bits over all but receivedAt and source, and occurredAt where it is the time of receipt: tells a duplicate from a conflict.
     */
    public int bodyHash() {
        return bodyHash;
    }
}
