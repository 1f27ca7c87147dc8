package io.tillstream.ledgersink.settlement.files;

/**
 * Writes one record of 94 characters from left to right: text left-justified and space-filled, numbers right-justified and
 * zero-filled. What does not fit its columns is refused, never cut.
 */
final class RecordWriter {

    static final int LENGTH = 94;

    private final StringBuilder columns = new StringBuilder(LENGTH);

    RecordWriter(char recordTypeCode) {
        columns.append(recordTypeCode);
    }

    RecordWriter text(int from, int to, String field, String value) {
        return fill(from, to, field, value, ' ', false);
    }

    /** As {@link #text}, but right-justified: only the routing numbers of the file header are. */
    RecordWriter textRight(int from, int to, String field, String value) {
        return fill(from, to, field, value, ' ', true);
    }

    /** Without sign: the standard has no negative numbers. */
    RecordWriter number(int from, int to, String field, long value) {
        if (value < 0) {
            throw new FileRefusedException(field + place(from, to) + " is negative");
        }
        return fill(from, to, field, Long.toString(value), '0', true);
    }

    RecordWriter blank(int from, int to) {
        return fill(from, to, "blank", "", ' ', false);
    }

    String end() {
        if (columns.length() != LENGTH) {
            throw new IllegalStateException("record ends in column " + columns.length());
        }
        return columns.toString();
    }

    private RecordWriter fill(int from, int to, String field, String value, char filler, boolean right) {
        if (from != columns.length() + 1) {
            throw new IllegalStateException(field + place(from, to) + " does not follow column " + columns.length());
        }
        int room = to - from + 1;
        if (value.length() > room) {
            throw new FileRefusedException(
                    field + place(from, to) + " has " + value.length() + " characters, " + room + " fit");
        }
        String fill = String.valueOf(filler).repeat(room - value.length());
        columns.append(right ? fill + value : value + fill);
        return this;
    }

    private static String place(int from, int to) {
        return String.format(" (%02d-%02d)", from, to);
    }
}
