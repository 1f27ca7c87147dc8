package io.tillstream.ingest.cardguard;

/** Finds a card number in a text, however its digits are written and parted. Never returns or keeps the digits. */
final class CardNumbers {
    /** More visible characters than this between two digits end a number. */
    private static final int SEPARATORS_MAX = 3;

    private CardNumbers() {}

    static boolean isIn(CharSequence text, Reading reading) {
        return mayBeIn(text) && search(text, reading);
    }

    /** Cheap and never wrong when it says no: too few characters that could be digits. */
    private static boolean mayBeIn(CharSequence text) {
        int digits = 0;
        for (int i = 0; i < text.length() && digits < CardNetworks.DIGITS_MIN; i++) {
            char c = text.charAt(i);
            digits += (c >= '0' && c <= '9') || c >= 128 ? 1 : 0;
        }
        return digits >= CardNetworks.DIGITS_MIN;
    }

    private static boolean search(CharSequence text, Reading reading) {
        DigitRun run = new DigitRun();
        int separators = 0;
        boolean isParted = false;
        int at = 0;
        while (at < text.length()) {
            int idEnd = OpaqueIds.endAt(text, at);
            int codePoint = Character.codePointAt(text, at);
            int kind = idEnd > at ? CharacterKinds.OTHER : CharacterKinds.of(codePoint);
            at = idEnd > at ? idEnd : at + Character.charCount(codePoint);
            if (kind >= 0) {
                run.add(kind, isParted);
                separators = 0;
                isParted = false;
                continue;
            }
            isParted = true;
            separators += kind == CharacterKinds.SEPARATOR ? 1 : 0;
            if (kind == CharacterKinds.OTHER || separators > SEPARATORS_MAX) {
                if (run.holdsCardNumber(reading)) {
                    return true;
                }
                run.clear();
            }
        }
        return run.holdsCardNumber(reading);
    }
}
