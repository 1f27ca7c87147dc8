package io.tillstream.ingest.cardguard;

/**
 * Ids whose digits are random and no one's card number: UUIDs, and hexadecimal of at least 96 bits (hashes, trace ids). Seven UUIDs
 * in ten thousand would else be taken for a card number, and the same id every time that it comes.
 *
 * <p>The format has to be exact and the token has to hold letters, so a number alone is never taken for an id.
 */
final class OpaqueIds {
    private static final int UUID_LENGTH = 36;
    private static final int HEX_LENGTH_MIN = 24;
    private static final int HEX_LETTERS_MIN = 4;

    private OpaqueIds() {}

    /** Where the id that starts at {@code from} ends, or {@code from} if none does. */
    static int endAt(CharSequence text, int from) {
        if (!isHex(text.charAt(from)) || (from > 0 && isLetterOrDigit(text.charAt(from - 1)))) {
            return from;
        }
        int end = hexEnd(text, from);
        if (end - from == 8 && isUuid(text, from)) {
            return from + UUID_LENGTH;
        }
        boolean isLong = end - from >= HEX_LENGTH_MIN && isBoundary(text, end);
        return isLong && letters(text, from, end) >= HEX_LETTERS_MIN ? end : from;
    }

    private static boolean isUuid(CharSequence text, int from) {
        if (from + UUID_LENGTH > text.length() || !isBoundary(text, from + UUID_LENGTH)) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(from + i);
            boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
            if (isDash ? c != '-' : !isHex(c)) {
                return false;
            }
        }
        return letters(text, from, from + UUID_LENGTH) > 0;
    }

    private static int hexEnd(CharSequence text, int from) {
        int end = from;
        while (end < text.length() && isHex(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBoundary(CharSequence text, int at) {
        return at == text.length() || !isLetterOrDigit(text.charAt(at));
    }

    private static int letters(CharSequence text, int from, int to) {
        int letters = 0;
        for (int i = from; i < to; i++) {
            letters += text.charAt(i) > '9' ? 1 : 0;
        }
        return letters;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isLetterOrDigit(char c) {
        return Character.isLetterOrDigit(c);
    }
}
