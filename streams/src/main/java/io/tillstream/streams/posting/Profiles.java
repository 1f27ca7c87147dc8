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

    // A place of the table: all that a capture needs, in half a cache line, so that it waits for memory once.
    private static final int KEY = 0; // all but the tenant
    private static final int TENANT_AND_NUMBER = 1; // the tenant, and below it the number + 1; 0 if the place is free
    private static final int GROSS_TOTAL = 2; // amount, then count
    private static final int LONGS_OF_PLACE = 4;
    private static final int LONGS_OF_OTHERS = 2 * (COLUMNS - 1);

    private long[] table = new long[128 * LONGS_OF_PLACE];
    private Profile[] profiles = new Profile[64]; // by number, as the two below
    private int[] places = new int[64]; // where in the table
    private long[] others = new long[64 * LONGS_OF_OTHERS]; // amount, then count, of each column but gross
    private int size;

    /** The combination's number, given now if it is new. */
    int numberOf(int tenant, int through, Tender tender, int line) {
        return numberAt(placeOf(tenant, through, tender, line));
    }

    /** The combination's place, given now if it is new; good until the next new one. */
    int placeOf(int tenant, int through, Tender tender, int line) {
        long key = key(through, tender, line);
        long[] cells = table;
        int place = firstPlace(tenant, key, cells.length);
        while (cells[place + TENANT_AND_NUMBER] != 0) {
            if (cells[place + KEY] == key && (int) (cells[place + TENANT_AND_NUMBER] >>> Integer.SIZE) == tenant) {
                return place;
            }
            place = nextPlace(place, cells.length);
        }
        return add(new Profile(tenant, through, tender, line), key);
    }

    int numberAt(int place) {
        return (int) table[place + TENANT_AND_NUMBER] - 1;
    }

    private int add(Profile profile, long key) {
        int number = size;
        if (number == profiles.length) {
            profiles = Arrays.copyOf(profiles, 2 * number);
            places = Arrays.copyOf(places, 2 * number);
            others = Arrays.copyOf(others, Math.multiplyExact(2 * LONGS_OF_OTHERS, number));
            growTable();
        }
        profiles[number] = profile;
        place(number, key);
        size++;
        return places[number];
    }

    /** Half of the places stay free. */
    private void growTable() {
        long[] old = table;
        table = new long[Math.multiplyExact(2, old.length)];
        for (int number = 0; number < size; number++) {
            int from = places[number];
            place(number, old[from + KEY]);
            System.arraycopy(old, from + GROSS_TOTAL, table, places[number] + GROSS_TOTAL, 2);
        }
    }

    private void place(int number, long key) {
        int tenant = profiles[number].tenant;
        int place = firstPlace(tenant, key, table.length);
        while (table[place + TENANT_AND_NUMBER] != 0) {
            place = nextPlace(place, table.length);
        }
        table[place + KEY] = key;
        table[place + TENANT_AND_NUMBER] = (long) tenant << Integer.SIZE | (number + 1);
        places[number] = place;
    }

    private static int firstPlace(int tenant, long key, int length) {
        long h = (key + tenant) * Names.MULTIPLIER;
        return (int) (h >>> Integer.SIZE) * LONGS_OF_PLACE & (length - 1);
    }

    private static int nextPlace(int place, int length) {
        return (place + LONGS_OF_PLACE) & (length - 1);
    }

    @SuppressWarnings("EnumOrdinal") // lives as long as the process, and is never written
    private static long key(int through, Tender tender, int line) {
        return ((through + 1L) << (ACCOUNT_BITS + TENDER_BITS)) | ((line + 1L) << TENDER_BITS) | tender.ordinal();
    }

    Profile get(int number) {
        return profiles[number];
    }

    int size() {
        return size;
    }

    /** Adds one posting of an event to the open date's totals; types that make no settlement line add nothing. */
    void addToDay(int place, PaymentEventType type, long amount) {
        int column = column(type);
        if (column == GROSS) {
            add(table, place + GROSS_TOTAL, -amount);
        } else if (column != NO_COLUMN) {
            add(others, atOthers(numberAt(place), column), amount);
        }
    }

    private static void add(long[] totals, int at, long amount) {
        totals[at] = Math.addExact(totals[at], amount);
        totals[at + 1]++;
    }

    /** Minor units. */
    long total(int number, int column) {
        return column == GROSS ? table[places[number] + GROSS_TOTAL] : others[atOthers(number, column)];
    }

    /** How many postings made the total. */
    long count(int number, int column) {
        return column == GROSS ? table[places[number] + GROSS_TOTAL + 1] : others[atOthers(number, column) + 1];
    }

    private static int atOthers(int number, int column) {
        return number * LONGS_OF_OTHERS + 2 * (column - 1);
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
                Arrays.fill(table, places[number] + GROSS_TOTAL, places[number] + LONGS_OF_PLACE, 0);
                Arrays.fill(others, number * LONGS_OF_OTHERS, (number + 1) * LONGS_OF_OTHERS, 0);
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
