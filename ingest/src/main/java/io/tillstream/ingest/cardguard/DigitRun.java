package io.tillstream.ingest.cardguard;

import java.util.Arrays;

/**
 * Digits that follow each other with nothing but separators between them, and where separators part them into groups. A run can be
 * longer than a card number and hold one; {@link #holdsCardNumber} looks at the places where people put one, not at every
 * window: of all the windows of a 30-digit reference one passes Luhn and a prefix by chance nearly always.
 */
final class DigitRun {
    private byte[] digits = new byte[32];
    private int[] groupStarts = new int[8];
    private int count;
    private int groupCount;

    int count() {
        return count;
    }

    void clear() {
        count = 0;
        groupCount = 0;
    }

    void add(int digit, boolean startsGroup) {
        if (count == digits.length) {
            digits = Arrays.copyOf(digits, 2 * count);
        }
        if (startsGroup || count == 0) {
            startGroup();
        }
        digits[count++] = (byte) digit;
    }

    private void startGroup() {
        if (groupCount == groupStarts.length) {
            groupStarts = Arrays.copyOf(groupStarts, 2 * groupCount);
        }
        groupStarts[groupCount++] = count;
    }

    /**
     * True if the whole run or one group is a card number, or some groups together that are grouped as on a card; in free text also if
     * any groups together are one of the network's usual length, or a group is one behind padding zeros or before an expiry date.
     */
    boolean holdsCardNumber(Reading reading) {
        if (count < CardNetworks.DIGITS_MIN) {
            return false;
        }
        if (CardNetworks.isCardNumber(digits, 0, count)) {
            return true;
        }
        for (int group = 0; group < groupCount; group++) {
            if (holdsCardNumberFrom(group, reading)) {
                return true;
            }
        }
        return false;
    }

    private boolean holdsCardNumberFrom(int first, Reading reading) {
        int from = groupStarts[first];
        if (CardNetworks.isCardNumber(digits, from, endOf(first) - from)) {
            return true;
        }
        for (int last = first + 1; last < groupCount && endOf(last) - from <= CardNetworks.DIGITS_MAX; last++) {
            if (isCardNumberIn(first, last, reading)) {
                return true;
            }
        }
        return reading == Reading.FREE_TEXT && (isZeroPadded(first) || isFollowedByExpiry(first));
    }

    private boolean isCardNumberIn(int first, int last, Reading reading) {
        int from = groupStarts[first];
        int length = endOf(last) - from;
        return isGroupedLikeCard(first, last)
                ? CardNetworks.isCardNumber(digits, from, length)
                : reading == Reading.FREE_TEXT && CardNetworks.isUsualCardNumber(digits, from, length);
    }

    private boolean isZeroPadded(int group) {
        int end = endOf(group);
        int from = groupStarts[group];
        while (from < end && digits[from] == 0) {
            from++;
        }
        return from > groupStarts[group] && CardNetworks.isUsualCardNumber(digits, from, end - from);
    }

    /** A number with the expiry date written right behind it, as MMYY or YYMM, perhaps with more behind that (a track without its separator). */
    private boolean isFollowedByExpiry(int group) {
        int from = groupStarts[group];
        int lengthMax = Math.min(CardNetworks.DIGITS_MAX, endOf(group) - from - 4);
        for (int length = CardNetworks.DIGITS_MIN; length <= lengthMax; length++) {
            if (isExpiry(from + length) && CardNetworks.isUsualCardNumber(digits, from, length)) {
                return true;
            }
        }
        return false;
    }

    private boolean isExpiry(int at) {
        int first = 10 * digits[at] + digits[at + 1];
        int second = 10 * digits[at + 2] + digits[at + 3];
        return (isMonth(first) && isYear(second)) || (isYear(first) && isMonth(second));
    }

    private static boolean isMonth(int number) {
        return number >= 1 && number <= 12;
    }

    /** Years of this century in which a card that is valid in the 2020s or 2030s ends. */
    private static boolean isYear(int number) {
        return number >= 20 && number <= 49;
    }

    /** Groups of four with a shorter last one, or 4-6-4 and 4-6-5 (Diners Club, American Express). */
    private boolean isGroupedLikeCard(int first, int last) {
        if (length(first) != 4) {
            return false;
        }
        if (last - first == 2 && length(first + 1) == 6) {
            return length(last) == 4 || length(last) == 5;
        }
        for (int group = first + 1; group < last; group++) {
            if (length(group) != 4) {
                return false;
            }
        }
        return length(last) <= 4;
    }

    private int length(int group) {
        return endOf(group) - groupStarts[group];
    }

    private int endOf(int group) {
        return group + 1 < groupCount ? groupStarts[group + 1] : count;
    }
}
