package io.tillstream.ingest.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** Reads ISO 8601 times with an offset; the usual form, in UTC and to the second, without the general parser. */
final class Times {
    private static final int USUAL_LENGTH = "2026-11-22T10:15:30Z".length();
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int NOT_USUAL = -1;

    private Times() {}

    /** @throws DateTimeException if it is no such time */
    static Instant parse(String text) {
        long seconds = text.length() == USUAL_LENGTH ? usual(text) : NOT_USUAL;
        return seconds == NOT_USUAL
                ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from)
                : Instant.ofEpochSecond(seconds);
    }

    private static long usual(String text) {
        boolean isUsual = text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(19) == 'Z';
        int century = two(text, 0);
        int year = two(text, 2);
        int month = two(text, 5);
        int day = two(text, 8);
        int hour = two(text, 11);
        int minute = two(text, 14);
        int second = two(text, 17);
        // 20xx and later only, so that no result is taken for NOT_USUAL.
        if (!isUsual || century < 20 || (year | month | day | hour | minute | second) < 0) {
            return NOT_USUAL;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return NOT_USUAL;
        }
        long days = LocalDate.of(100 * century + year, month, day).toEpochDay();
        return days * SECONDS_PER_DAY + 3_600L * hour + 60L * minute + second;
    }

    /** Two digits as a number, negative if they are none. */
    private static int two(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NOT_USUAL : 10 * tens + ones;
    }
}
