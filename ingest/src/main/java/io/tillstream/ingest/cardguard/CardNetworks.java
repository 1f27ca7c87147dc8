package io.tillstream.ingest.cardguard;

/**
 * How numbers of the card networks begin, how long they are, and their check digit. Source: the ranges that the networks publish
 * for ISO/IEC 7812 numbers (Visa, Mastercard with its 2-series, American Express, Discover, Diners Club, JCB, UnionPay, Maestro).
 */
final class CardNetworks {
    /** Shortest and longest number that ISO/IEC 7812 networks have issued. */
    static final int DIGITS_MIN = 13;

    static final int DIGITS_MAX = 19;

    private static final int NO_NETWORK = 0;
    private static final int AMEX = 1;
    private static final int DINERS = 2;
    private static final int LONG_OR_SHORT = 3;
    private static final int SIXTEEN = 4;

    private CardNetworks() {}

    /** True if {@code length} digits from {@code from} begin like a network's number and pass Luhn, whatever the network's usual length. */
    static boolean isCardNumber(byte[] digits, int from, int length) {
        return length >= DIGITS_MIN
                && length <= DIGITS_MAX
                && network(digits, from) != NO_NETWORK
                && passesLuhn(digits, from, length);
    }

    /** As {@link #isCardNumber}, and the network issues numbers of this length today. */
    static boolean isUsualCardNumber(byte[] digits, int from, int length) {
        return length >= DIGITS_MIN
                && length <= DIGITS_MAX
                && isUsualLength(network(digits, from), length)
                && passesLuhn(digits, from, length);
    }

    private static boolean isUsualLength(int network, int length) {
        return switch (network) {
            case AMEX -> length == 15;
            case DINERS -> length == 14 || length == 16;
            case LONG_OR_SHORT -> length >= 16;
            case SIXTEEN -> length == 16;
            default -> false;
        };
    }

    private static int network(byte[] digits, int from) {
        int two = 10 * digits[from] + digits[from + 1];
        int three = 10 * two + digits[from + 2];
        int four = 10 * three + digits[from + 3];
        if (digits[from] == 4 || (two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) {
            return SIXTEEN; // Visa, Mastercard
        }
        if (two == 34 || two == 37) {
            return AMEX;
        }
        if ((three >= 300 && three <= 305) || four == 3095 || two == 36 || two == 38 || two == 39) {
            return DINERS;
        }
        if (two == 62 || (four >= 8100 && four <= 8171) || isMaestro(two)) {
            return LONG_OR_SHORT; // UnionPay, Maestro
        }
        boolean isDiscover = four == 6011 || (three >= 644 && three <= 649) || two == 65;
        boolean isJcb = four >= 3528 && four <= 3589;
        return isDiscover || isJcb ? SIXTEEN : NO_NETWORK;
    }

    private static boolean isMaestro(int two) {
        return two == 50 || (two >= 56 && two <= 58) || two == 63 || two == 67;
    }

    /** ISO/IEC 7812-1 annex B: from the right, every second digit doubled, digit sums added, divisible by ten. */
    static boolean passesLuhn(byte[] digits, int from, int length) {
        int sum = 0;
        boolean isDoubled = false;
        for (int i = from + length - 1; i >= from; i--) {
            int digit = isDoubled ? 2 * digits[i] : digits[i];
            sum += digit > 9 ? digit - 9 : digit;
            isDoubled = !isDoubled;
        }
        return sum % 10 == 0;
    }
}
