package io.tillstream.streams.posting;

import java.util.Arrays;

/**
 * A segment of the payments table: one row for each id, which is an event's, a payment's or (for the event that began a payment)
 * both. A row is four longs side by side, half a cache line, because whoever looks at one of them looks at the others too; the lines
 * of payments with more than one stand in an array beside.
 */
final class Rows {
    static final int BITS = 14;
    static final int COUNT = 1 << BITS;

    /** Amounts have 44 bits: 175 billion in currencies of hundredths. */
    static final long AMOUNT_MASK = (1L << 44) - 1;

    static final long EVENT = 1L << 44;
    static final long PAYMENT = 1L << 45;
    static final long VOIDED = 1L << 46;

    private static final int MASK = COUNT - 1;
    private static final int DATE_SHIFT = 47;
    private static final long DATE_MASK = -1L << DATE_SHIFT;
    private static final long LOW_INT = 0xFFFF_FFFFL;

    // Places in a row.
    private static final int ID_HIGH = 0;
    private static final int ID_LOW = 1;
    /** Bits 0-43 the captured amount, then flags, then 17 bits of business date. */
    private static final int FACTS = 2;
    /** The body's hash, and below it a profile's number or ~position of a multi-line payment in lines. */
    private static final int HASH_AND_PROFILE = 3;

    private static final int LONGS = 4;
    private static final int INTS_OF_LINE = 3;

    private final long[] cells = new long[COUNT * LONGS];
    private int[] lines = new int[64];
    private int linesUsed;

    private static int at(int row) {
        return (row & MASK) * LONGS;
    }

    void setId(int row, long high, long low) {
        cells[at(row) + ID_HIGH] = high;
        cells[at(row) + ID_LOW] = low;
    }

    long idHigh(int row) {
        return cells[at(row) + ID_HIGH];
    }

    long idLow(int row) {
        return cells[at(row) + ID_LOW];
    }

    /** Amount, flags and business date as they are stored. */
    long facts(int row) {
        return cells[at(row) + FACTS];
    }

    void setFacts(int row, long facts) {
        cells[at(row) + FACTS] = facts;
    }

    boolean has(int row, long flag) {
        return (cells[at(row) + FACTS] & flag) != 0;
    }

    void set(int row, long flags) {
        cells[at(row) + FACTS] |= flags;
    }

    long amount(int row) {
        return cells[at(row) + FACTS] & AMOUNT_MASK;
    }

    /** @throws BrokenInvariantException if there is no room for it */
    void setAmount(int row, long amount) {
        if (amount < 0 || amount > AMOUNT_MASK) {
            throw new BrokenInvariantException(
                    "Payments: expected an amount of 0 to " + AMOUNT_MASK + ", found " + amount);
        }
        int at = at(row) + FACTS;
        cells[at] = (cells[at] & ~AMOUNT_MASK) | amount;
    }

    /** Days since 1970-01-01. */
    int businessDate(int row) {
        return (int) (cells[at(row) + FACTS] >>> DATE_SHIFT);
    }

    void setBusinessDate(int row, int date) {
        int at = at(row) + FACTS;
        cells[at] = (cells[at] & ~DATE_MASK) | ((long) date << DATE_SHIFT);
    }

    int bodyHash(int row) {
        return (int) (cells[at(row) + HASH_AND_PROFILE] >>> 32);
    }

    void setBodyHash(int row, int hash) {
        int at = at(row) + HASH_AND_PROFILE;
        cells[at] = (cells[at] & LOW_INT) | ((long) hash << 32);
    }

    int profile(int row) {
        return (int) cells[at(row) + HASH_AND_PROFILE];
    }

    void setProfile(int row, int profile) {
        int at = at(row) + HASH_AND_PROFILE;
        cells[at] = (cells[at] & ~LOW_INT) | (profile & LOW_INT);
    }

    /** Keeps a payment's lines: profile and count, then account and amount of each; gives the position. */
    int addLines(int profileNumber, int count, int[] accounts, long[] amounts) {
        int needed = linesUsed + 2 + INTS_OF_LINE * count;
        if (needed > lines.length) {
            lines = Arrays.copyOf(lines, Math.max(lines.length * 3 / 2, needed));
        }
        int position = linesUsed;
        lines[linesUsed++] = profileNumber;
        lines[linesUsed++] = count;
        for (int i = 0; i < count; i++) {
            lines[linesUsed++] = accounts[i];
            lines[linesUsed++] = (int) (amounts[i] >>> 32);
            lines[linesUsed++] = (int) amounts[i];
        }
        return position;
    }

    /** Gives back what the lines do not use, when no row will be added any more. */
    void trim() {
        lines = Arrays.copyOf(lines, linesUsed);
    }

    int linesProfile(int position) {
        return lines[position];
    }

    int linesCount(int position) {
        return lines[position + 1];
    }

    int lineAccount(int position, int line) {
        return lines[position + 2 + INTS_OF_LINE * line];
    }

    long lineAmount(int position, int line) {
        int at = position + 3 + INTS_OF_LINE * line;
        return ((long) lines[at] << 32) | (lines[at + 1] & LOW_INT);
    }

    long bytes() {
        return 8L * cells.length + 4L * lines.length;
    }
}
