package io.tillstream.streams.posting;

import java.util.Arrays;

/**
 * A segment of the payments table: one row for each id, which is an event's, a payment's or (for the event that began a payment)
 * both. 36 bytes a row, in columns; rows of payments with more than one line keep these in {@code lines}.
 */
final class Rows {
    static final int BITS = 14;
    static final int COUNT = 1 << BITS;
    static final int MASK = COUNT - 1;

    final long[] idHigh = new long[COUNT];
    final long[] idLow = new long[COUNT];
    /** Bits 0-47 the captured amount, then flags. */
    final long[] amountAndFlags = new long[COUNT];

    final int[] bodyHash = new int[COUNT];
    /** A profile's number, or ~position of a multi-line payment in lines. */
    final int[] profile = new int[COUNT];

    final int[] businessDate = new int[COUNT];

    private long[] lines = new long[64];
    private int linesUsed;

    /** Keeps a payment's lines: profile and count, then account and amount of each; gives the position. */
    int addLines(int profileNumber, int count, int[] accounts, long[] amounts) {
        if (linesUsed + 1 + 2 * count > lines.length) {
            lines = Arrays.copyOf(lines, Math.max(lines.length * 3 / 2, linesUsed + 1 + 2 * count));
        }
        int position = linesUsed;
        lines[linesUsed++] = (long) profileNumber << 32 | count;
        for (int i = 0; i < count; i++) {
            lines[linesUsed++] = accounts[i];
            lines[linesUsed++] = amounts[i];
        }
        return position;
    }

    int linesProfile(int position) {
        return (int) (lines[position] >>> 32);
    }

    int linesCount(int position) {
        return (int) lines[position];
    }

    int lineAccount(int position, int line) {
        return (int) lines[position + 1 + 2 * line];
    }

    long lineAmount(int position, int line) {
        return lines[position + 2 + 2 * line];
    }

    long bytes() {
        return 36L * COUNT + 8L * lines.length;
    }
}
