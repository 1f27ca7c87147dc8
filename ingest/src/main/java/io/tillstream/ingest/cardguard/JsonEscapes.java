package io.tillstream.ingest.cardguard;

/** Undoes JSON's escapes in a text that need not be JSON. */
final class JsonEscapes {
    private static final int UNICODE_ESCAPE_LENGTH = 6;

    private JsonEscapes() {}

    static String undo(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean isEscape = c == '\\' && at + 1 < text.length();
            if (isEscape && text.charAt(at + 1) == 'u' && hex(text, at + 2) >= 0) {
                plain.append((char) hex(text, at + 2));
                at += UNICODE_ESCAPE_LENGTH;
            } else if (isEscape) {
                plain.append(escaped(text.charAt(at + 1)));
                at += 2;
            } else {
                plain.append(c);
                at++;
            }
        }
        return plain.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'b', 'f', 'n', 'r', 't' -> ' ';
            default -> c;
        };
    }

    private static int hex(String text, int from) {
        if (from + 4 > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = 16 * value + digit;
        }
        return value;
    }
}
