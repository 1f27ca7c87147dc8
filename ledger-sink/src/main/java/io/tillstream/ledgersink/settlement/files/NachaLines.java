package io.tillstream.ledgersink.settlement.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The shape of a NACHA file: records of 94 printable ASCII characters, each ended by the same LF or CRLF, in blocks of ten, in
 * the order {@code 1 (5 (6 7*)+ 8)+ 9} and then records of nines up to the block's end.
 */
final class NachaLines {

    private static final String PADDING = "9".repeat(RecordWriter.LENGTH);

    /** Which record types may follow which; CCD and PPD take one addenda, so none follows another. */
    private static final Map<Character, String> FOLLOWERS =
            Map.of('1', "5", '5', "6", '6', "678", '7', "68", '8', "59");

    private NachaLines() {}

    /** The records, or faults and whatever was found. */
    static List<String> split(byte[] file, List<NachaFault> faults) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        List<String> lines = new ArrayList<>(Arrays.asList(text.split(lineEnd, -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        } else {
            faults.add(whole(lines.size(), "the last record has no line end"));
        }
        if (lines.isEmpty()) {
            faults.add(whole(1, "the file is empty"));
        }
        for (int index = 0; index < lines.size(); index++) {
            shape(index + 1, lines.get(index), faults);
        }
        if (lines.size() % FileControl.BLOCKING_FACTOR != 0) {
            faults.add(whole(lines.size(), "the file has " + lines.size() + " records, not a multiple of ten"));
        }
        return lines;
    }

    /** Index of the file control; -1 with a fault when the order is broken. */
    static int order(List<String> lines, List<NachaFault> faults) {
        char before = lines.get(0).charAt(0);
        if (before != '1') {
            faults.add(new NachaFault(1, 1, 1, "the file begins with record type " + before + ", not 1"));
            return -1;
        }
        for (int index = 1; index < lines.size(); index++) {
            char type = lines.get(index).charAt(0);
            if (FOLLOWERS.get(before).indexOf(type) < 0) {
                faults.add(new NachaFault(index + 1, 1, 1, misplaced(before, type)));
                return -1;
            }
            if (type == '9') {
                return padding(lines, index, faults) ? index : -1;
            }
            before = type;
        }
        faults.add(whole(lines.size(), "the file ends without a file control"));
        return -1;
    }

    private static boolean padding(List<String> lines, int control, List<NachaFault> faults) {
        if (lines.get(control).equals(PADDING)) {
            faults.add(whole(control + 1, "padding stands where the file control should"));
            return false;
        }
        for (int index = control + 1; index < lines.size(); index++) {
            if (!lines.get(index).equals(PADDING)) {
                faults.add(whole(index + 1, "a record after the file control is not all nines"));
                return false;
            }
        }
        if (lines.size() - control > FileControl.BLOCKING_FACTOR) {
            faults.add(whole(lines.size(), "the padding is longer than the block"));
            return false;
        }
        return true;
    }

    private static String misplaced(char before, char type) {
        if (before == '7' && type == '7') {
            return "a CCD or PPD entry has a second addenda";
        }
        return "record type " + type + " may not follow record type " + before;
    }

    private static void shape(int line, String record, List<NachaFault> faults) {
        if (record.length() != RecordWriter.LENGTH) {
            faults.add(new NachaFault(
                    line,
                    1,
                    Math.max(1, record.length()),
                    "the record has " + record.length() + " characters, not 94"));
        }
        for (int column = 1; column <= record.length(); column++) {
            char character = record.charAt(column - 1);
            if (character < ' ' || character > '~') {
                faults.add(new NachaFault(
                        line, column, column, String.format("byte %02X is not printable ASCII", (int) character)));
            }
        }
    }

    private static NachaFault whole(int line, String rule) {
        return new NachaFault(Math.max(1, line), 1, RecordWriter.LENGTH, rule);
    }
}
