package io.tillstream.streams.posting;

/** Shares an amount over a payment's lines. */
final class ProRata {
    private ProRata() {}

    /**
     * Each line takes its part of what the lines have left, rounded down; the last line takes the odd cents, and what it has no
     * room for goes to the lines before it, the latest first. So no line gives back more than it got, and taking back all that is
     * left empties every line.
     *
     * @param amount minor units, at most what all lines have left
     */
    static void share(long amount, Payments payments, int row, long[] shares) {
        int lines = payments.lineCount(row);
        long left = 0;
        for (int line = 0; line < lines; line++) {
            left += payments.lineLeft(row, line);
        }
        long rest = amount;
        for (int line = 0; line < lines - 1; line++) {
            shares[line] = multiplyDivide(amount, payments.lineLeft(row, line), left);
            rest -= shares[line];
        }
        for (int line = lines - 1; line >= 0 && rest > 0; line--) {
            long more = Math.min(rest, payments.lineLeft(row, line) - shares[line]);
            shares[line] += more;
            rest -= more;
        }
        if (rest != 0) {
            throw new BrokenInvariantException("Posting: " + rest + " minor units find no line to be taken from");
        }
    }

    /** a * b / c rounded down, for 0 <= a, b <= c, without overflow. */
    private static long multiplyDivide(long a, long b, long c) {
        long high = Math.multiplyHigh(a, b);
        if (high == 0 && a * b >= 0) {
            return a * b / c;
        }
        return java.math.BigInteger.valueOf(a)
                .multiply(java.math.BigInteger.valueOf(b))
                .divide(java.math.BigInteger.valueOf(c))
                .longValueExact();
    }
}
