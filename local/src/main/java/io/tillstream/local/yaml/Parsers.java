package io.tillstream.local.yaml;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a single value may be; each throws IllegalArgumentException saying what is expected. */
public final class Parsers {
    private Parsers() {}

    /** Any text, without blanks around it. */
    public static String text(String value) {
        return value.strip();
    }

    /** Text of at most {@code lengthMax} characters. */
    public static Function<String, String> text(int lengthMax) {
        return value -> {
            require(value.strip().length() <= lengthMax, "has more than " + lengthMax + " characters");
            return value.strip();
        };
    }

    /** Text that the pattern matches whole; {@code expected} describes it. */
    public static Function<String, String> matching(String regex, String expected) {
        Pattern pattern = Pattern.compile(regex);
        return value -> {
            require(pattern.matcher(value).matches(), "expected " + expected);
            return value;
        };
    }

    /** A whole number within bounds. */
    public static Function<String, Integer> integer(int min, int max) {
        return value -> {
            String expected = "expected a whole number from " + min + " to " + max;
            try {
                int number = Integer.parseInt(value);
                require(number >= min && number <= max, expected);
                return number;
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(expected, e);
            }
        };
    }

    /** {@code true} or {@code false}. */
    public static Boolean truth(String value) {
        require(value.equals("true") || value.equals("false"), "expected true or false");
        return value.equals("true");
    }

    /** A constant of an enum, in the case of its name. */
    public static <E extends Enum<E>> Function<String, E> constant(Class<E> type) {
        return value -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("expected one of " + Arrays.toString(type.getEnumConstants())));
    }

    /** A date as 2026-11-22. */
    public static LocalDate date(String value) {
        return temporal(value, LocalDate::parse, "expected a date such as 2026-11-22");
    }

    /** A time of day as 17:00. */
    public static LocalTime timeOfDay(String value) {
        return temporal(value, LocalTime::parse, "expected a time of day such as 17:00");
    }

    /** An instant as 2026-11-22T10:15:30Z. */
    public static Instant instant(String value) {
        return temporal(value, Instant::parse, "expected an instant such as 2026-11-22T10:15:30Z");
    }

    /** An IANA time zone such as America/Chicago. */
    public static ZoneId zone(String value) {
        require(ZoneId.getAvailableZoneIds().contains(value), "expected an IANA time zone such as America/Chicago");
        return ZoneId.of(value);
    }

    private static <T> T temporal(String value, Function<String, T> parser, String expected) {
        try {
            return parser.apply(value.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
