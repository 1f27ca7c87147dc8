package io.tillstream.ledgersink.settlement.files;

/** A bank's nine-digit ABA routing number: eight digits and a check digit. */
final class RoutingNumber {

    private static final int[] WEIGHTS = {3, 7, 1, 3, 7, 1, 3, 7};

    private RoutingNumber() {}

    /**
     * The eight digits weighted 3, 7, 1, 3, 7, 1, 3, 7 and summed; the check digit lifts the sum to a multiple of ten.
     *
     * @param eightDigits exactly eight ASCII digits
     */
    static int checkDigit(String eightDigits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (eightDigits.charAt(i) - '0');
        }
        return (10 - sum % 10) % 10;
    }

    static boolean isValid(String nineDigits) {
        return nineDigits.matches("[0-9]{9}") && checkDigit(nineDigits.substring(0, 8)) == nineDigits.charAt(8) - '0';
    }
}
