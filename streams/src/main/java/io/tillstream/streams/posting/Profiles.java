package io.tillstream.streams.posting;

import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Tender;
import java.util.Arrays;

/**
 * Numbers every combination of city, clearing or till account, tender and line account that occurs, and keeps the open business
 * date's totals of each: these are the settlement lines to be. A payment with one line stores just this number.
 */
final class Profiles {
    /** A combination; accounts are numbers of the ledger's account names, NO_ACCOUNT where there is none. */
    record Profile(int tenant, int through, Tender tender, int line) {}

    /** Columns of the totals: an amount and a count each. */
    static final int GROSS = 0;

    static final int VOIDS = 1;
    static final int REFUNDS = 2;
    static final int CHARGEBACKS = 3;
    static final int RETURNS = 4;
    static final int FEES = 5;
    static final int COLUMNS = 6;
    static final int NO_ACCOUNT = -1;
    private static final int NO_COLUMN = -1;

    private static final int TENDER_BITS = 2;
    private static final int ACCOUNT_BITS = 31;

    // A profile's places among the cells, two cache lines; what each capture needs stands in the first.
    private static final int KEY = 0; // all but the tenant
    private static final int TENANT = 1;
    private static final int TOTALS = 2; // each column's amount, then its count
    private static final int LONGS = 16;

    private Profile[] profiles = new Profile[64];
    private long[] cells = new long[64 * LONGS];
    private int[] slots = new int[256]; // number + 1, or 0
    private int size;

    /** The combination's number, given now if it is new. */
    int numberOf(int tenant, int through, Tender tender, int line) {
        long key = key(through, tender, line);
        int mask = slots.length - 1;
        for (int slot = hash(tenant, key) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int number = slots[slot] - 1;
            if (cells[number * LONGS + KEY] == key && cells[number * LONGS + TENANT] == tenant) {
                return number;
            }
        }
        return add(new Profile(tenant, through, tender, line), key);
    }

    private int add(Profile profile, long key) {
        int number = size++;
        if (number == profiles.length) {
            profiles = Arrays.copyOf(profiles, 2 * number);
            cells = Arrays.copyOf(cells, Math.multiplyExact(2 * LONGS, number));
        }
        profiles[number] = profile;
        cells[number * LONGS + KEY] = key;
        cells[number * LONGS + TENANT] = profile.tenant;
        if (2 * size > slots.length) {
            slots = new int[2 * slots.length];
            for (int n = 0; n < number; n++) {
                place(n);
            }
        }
        place(number);
        return number;
    }

    private void place(int number) {
        int mask = slots.length - 1;
        int slot = hash(cells[number * LONGS + TENANT], cells[number * LONGS + KEY]) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = number + 1;
    }

    @SuppressWarnings("EnumOrdinal") // lives as long as the process, and is never written
    private static long key(int through, Tender tender, int line) {
        return ((through + 1L) << (ACCOUNT_BITS + TENDER_BITS)) | ((line + 1L) << TENDER_BITS) | tender.ordinal();
    }

    private static int hash(long tenant, long key) {
        long h = (key + tenant) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (h >>> 32);
    }

    Profile get(int number) {
        return profiles[number];
    }

    int size() {
        return size;
    }

    /** Adds one posting of an event to the open date's totals; types that make no settlement line add nothing. */
    void addToDay(int number, PaymentEventType type, long amount) {
        int column = column(type);
        if (column == NO_COLUMN) {
            return;
        }
        int at = at(number, column);
        cells[at] = Math.addExact(cells[at], column == GROSS ? -amount : amount);
        cells[at + 1]++;
    }

    /** Minor units. */
    long total(int number, int column) {
        return cells[at(number, column)];
    }

    /** How many postings made the total. */
    long count(int number, int column) {
        return cells[at(number, column) + 1];
    }

    private static int at(int number, int column) {
        return number * LONGS + TOTALS + 2 * column;
    }

    boolean isEmpty(int number) {
        for (int column = 0; column < COLUMNS; column++) {
            if (count(number, column) != 0) {
                return false;
            }
        }
        return true;
    }

    void clearDay(int tenant) {
        for (int number = 0; number < size(); number++) {
            if (profiles[number].tenant == tenant) {
                Arrays.fill(cells, at(number, 0), at(number, COLUMNS), 0);
            }
        }
    }

    private static int column(PaymentEventType type) {
        return switch (type) {
            case CAPTURED -> GROSS;
            case VOIDED -> VOIDS;
            case REFUNDED -> REFUNDS;
            case CHARGED_BACK, CHARGEBACK_WON, CHARGEBACK_LOST -> CHARGEBACKS;
            case RETURNED -> RETURNS;
            case PROCESSOR_FEE -> FEES;
            case AUTHORISED, DECLINED, ENROLLED, DEPOSITED, FUNDED -> NO_COLUMN;
        };
    }
}
