package io.tillstream.ledgersink.settlement.files;

/**
 * Keeps a spreadsheet from running what a payer typed: a text cell that begins as a formula gets an apostrophe in front.
 * Numbers are not text: a negative amount stays a number, which {@link PaymentDetailValidator} makes sure it is.
 */
final class FormulaGuard {

    /** What spreadsheets take for a formula's beginning; also the full-width forms, and the line ends that hide one. */
    private static final String BEGINNINGS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private FormulaGuard() {}

    static String guard(String text) {
        return isFormula(text) ? "'" + text : text;
    }

    static boolean isFormula(String text) {
        return !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0;
    }
}
