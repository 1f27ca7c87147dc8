package io.tillstream.ingest.intake;

/** Which characters a text field takes, and how many. */
enum TextRule {
    /** Names of the city's own: funds, processors. They become parts of account names, so no colon. */
    CODE("A-Z a-z 0-9 _ . -", "_.-"),
    /** Ids and tokens of the client. */
    TOKEN("A-Z a-z 0-9 _ . : + / = | ~ -", "_.:+/=|~-"),
    /** Numbers as they are printed on a bill. */
    ACCOUNT("A-Z a-z 0-9 space _ . : / # ( ) & * + -", " _.:/#()&*+-"),
    /** Anything that can be printed. */
    PRINTABLE("printable characters", ""),
    /** What a header can carry. */
    HEADER("printable ASCII characters", "");

    private final String description;
    /** Bit c: whether ASCII character c is taken; the first 64 and the others. */
    private final long low;

    private final long high;

    TextRule(String description, String special) {
        this.description = description;
        long lowBits = 0;
        long highBits = 0;
        for (int c = 0; c < 64; c++) {
            lowBits |= isTaken(c, special) ? 1L << c : 0;
            highBits |= isTaken(c + 64, special) ? 1L << c : 0;
        }
        this.low = lowBits;
        this.high = highBits;
    }

    private static boolean isTaken(int c, String special) {
        return isLetterOrDigit(c) || special.indexOf(c) >= 0;
    }

    /** Throws if the text is longer than {@code lengthMax} or holds a character that the rule does not take. */
    void check(String field, String text, int lengthMax) throws InvalidPaymentException {
        if (text.length() > lengthMax) {
            throw InvalidPaymentException.invalid(field, "is longer than " + lengthMax + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (!takes(text.charAt(i))) {
                throw InvalidPaymentException.invalid(field, "takes only " + description);
            }
        }
    }

    private boolean takes(char c) {
        return switch (this) {
            case CODE, TOKEN, ACCOUNT -> c < 128 && ((c < 64 ? low >>> c : high >>> (c - 64)) & 1) == 1;
            case HEADER -> c >= ' ' && c <= '~';
            case PRINTABLE -> isPrintable(c);
        };
    }

    /** Characters outside the basic plane come as two surrogates and are taken. */
    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
