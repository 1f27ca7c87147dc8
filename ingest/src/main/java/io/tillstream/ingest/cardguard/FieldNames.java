package io.tillstream.ingest.cardguard;

/** Names that came from outside, made fit for an answer or a log. */
public final class FieldNames {
    private static final int LENGTH_MAX = 64;

    private FieldNames() {}

    /** The name if it is short and made of letters, digits, {@code _ - .}, and no card number; else {@code (name)}. */
    public static String harmless(String name) {
        boolean isPlain =
                !name.isEmpty() && name.length() <= LENGTH_MAX && name.chars().allMatch(FieldNames::isPlain);
        return isPlain && !CardNumbers.isIn(name, Reading.FREE_TEXT) ? name : "(name)";
    }

    private static boolean isPlain(int c) {
        boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return isLetter || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    }
}
