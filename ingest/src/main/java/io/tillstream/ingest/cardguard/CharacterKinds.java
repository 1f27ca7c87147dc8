package io.tillstream.ingest.cardguard;

/**
 * What a character means to someone who writes a card number: one of ten digits in any script, something written between digits
 * (spaces, dashes, dots, slashes), something that cannot be seen (zero-width, combining, control characters), or the end of the
 * number.
 */
final class CharacterKinds {
    /** Written between digits. */
    static final int SEPARATOR = -1;

    /** Between digits but not seen. */
    static final int INVISIBLE = -2;

    /** Anything else: a number ends here. */
    static final int OTHER = -3;

    private static final byte[] ASCII = new byte[128];

    static {
        for (int c = 0; c < ASCII.length; c++) {
            ASCII[c] = (byte) ofUnicode(c);
        }
    }

    private CharacterKinds() {}

    /** 0 to 9 for a digit, else one of the constants. */
    static int of(int codePoint) {
        return codePoint < ASCII.length ? ASCII[codePoint] : ofUnicode(codePoint);
    }

    @SuppressWarnings("CharacterGetNumericValue") // asked for category No only, in which no letter is
    private static int ofUnicode(int codePoint) {
        int digit = Character.digit(codePoint, 10);
        if (digit >= 0) {
            return digit;
        }
        return switch (Character.getType(codePoint)) {
            // Superscript, subscript and circled digits.
            case Character.OTHER_NUMBER -> digitOf(Character.getNumericValue(codePoint));
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> INVISIBLE;
            case Character.CONTROL -> isBlank(codePoint) ? SEPARATOR : INVISIBLE;
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.DASH_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION -> SEPARATOR;
            default -> isDotOrStroke(codePoint) ? SEPARATOR : OTHER;
        };
    }

    private static int digitOf(int numericValue) {
        return numericValue >= 0 && numericValue <= 9 ? numericValue : OTHER;
    }

    private static boolean isBlank(int codePoint) {
        return codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
    }

    private static boolean isDotOrStroke(int codePoint) {
        return switch (codePoint) {
            case '.',
                    '/',
                    '\u00B7',
                    '\u2022',
                    '\u2024',
                    '\u2027',
                    '\u2212',
                    '\u2215',
                    '\u22C5',
                    '\u3002',
                    '\uFF0E',
                    '\uFF0F' -> true;
            default -> false;
        };
    }
}
