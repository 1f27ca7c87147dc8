package io.tillstream.ledgersink.settlement.files;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;

/** Reads the columns of one record of 94 characters and notes every rule that they break. Changes nothing else. */
final class RecordReader {

    /** Two digits of the year: 2000 to 2099. */
    static final DateTimeFormatter YYMMDD =
            DateTimeFormatter.ofPattern("uuMMdd").withResolverStyle(ResolverStyle.STRICT);

    private final int line;
    private final String columns;
    private final List<NachaFault> faults;

    RecordReader(int line, String columns, List<NachaFault> faults) {
        this.line = line;
        this.columns = columns;
        this.faults = faults;
    }

    /** The columns as they are. */
    String raw(int from, int to) {
        return columns.substring(from - 1, to);
    }

    /** Text without its fill; may be blank. */
    String text(int from, int to, String field) {
        String raw = raw(from, to);
        String text = raw.stripTrailing();
        require(text.isEmpty() || raw.charAt(0) != ' ', from, to, field + " is not left-justified");
        return text;
    }

    /** Text that may not be blank. */
    String filled(int from, int to, String field) {
        String text = text(from, to, field);
        require(!text.isEmpty(), from, to, field + " is blank");
        return text;
    }

    /** A number of at most 18 digits; 0 if it is none. */
    long number(int from, int to, String field) {
        String raw = raw(from, to);
        boolean digits = raw.chars().allMatch(c -> c >= '0' && c <= '9');
        require(digits, from, to, field + " is not a zero-filled number");
        return digits ? Long.parseLong(raw) : 0;
    }

    /** A date YYMMDD; the epoch if it is none. */
    LocalDate date(int from, int to, String field) {
        try {
            return LocalDate.parse(raw(from, to), YYMMDD);
        } catch (DateTimeParseException e) {
            require(false, from, to, field + " is not a date YYMMDD");
            return LocalDate.EPOCH;
        }
    }

    void constant(int from, int to, String field, String expected) {
        require(raw(from, to).equals(expected), from, to, field + " is not '" + expected + "'");
    }

    void blank(int from, int to, String field) {
        require(raw(from, to).isBlank(), from, to, field + " is not blank");
    }

    void require(boolean holds, int from, int to, String rule) {
        if (!holds) {
            faults.add(new NachaFault(line, from, to, rule));
        }
    }
}
