package io.tillstream.ledgersink.settlement.files;

/**
 * A place in a NACHA file that breaks a rule.
 *
 * @param line record, counted from 1
 * @param fromColumn first column, counted from 1 as in the standard
 * @param toColumn last column
 * @param rule what is wrong; never repeats an account number
 */
public record NachaFault(int line, int fromColumn, int toColumn, String rule) {

    @Override
    public String toString() {
        return String.format("line %d, columns %02d-%02d: %s", line, fromColumn, toColumn, rule);
    }
}
