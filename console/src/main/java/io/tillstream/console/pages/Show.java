package io.tillstream.console.pages;

import io.tillstream.schemas.Money;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.UUID;

/** How values are written on pages. Times are UTC, unless a tenant's zone is named beside them. */
public final class Show {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WEEKDAY_DATE = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);
    /** What stands where there is nothing. */
    public static final String NOTHING = "–";

    private Show() {}

    /** Minor units as a decimal with thousands marked, without the currency: 1,234.56. */
    public static String money(long minorUnits, String currency) {
        String plain = Money.format(Math.absExact(minorUnits), currency);
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        String rest = point < 0 ? "" : plain.substring(point);
        return (minorUnits < 0 ? "−" : "") + grouped(whole) + rest;
    }

    /** The class of a cell with an amount: nothing shall stand back. */
    public static String amountClass(long minorUnits) {
        return minorUnits == 0 ? "n zero" : "n";
    }

    /** As {@link #money}, or a dash for null or a currency that nobody knows. */
    public static String moneyOrNothing(Long minorUnits, String currency) {
        return minorUnits == null || currency == null || currency.isEmpty() ? NOTHING : money(minorUnits, currency);
    }

    /** A number with thousands marked: 12,345. */
    public static String count(long count) {
        return (count < 0 ? "−" : "") + grouped(Long.toString(Math.abs(count)));
    }

    /** A rate: one digit after the point below ten, none above; a dash if it is not known. */
    public static String rate(OptionalDouble perSecond) {
        if (perSecond.isEmpty()) {
            return NOTHING;
        }
        double value = perSecond.getAsDouble();
        return value < 9.95 ? String.format(Locale.ROOT, "%.1f", value) : count(Math.round(value));
    }

    public static String time(Instant at) {
        return at == null ? NOTHING : TIME.format(at);
    }

    /** The time, with its date unless that is today's. */
    public static String moment(Instant at, Instant now) {
        return at != null && DATE.format(at).equals(DATE.format(now)) ? time(at) : dateTime(at);
    }

    public static String dateTime(Instant at) {
        return at == null ? NOTHING : DATE_TIME.format(at);
    }

    /** For the attribute of a time element. */
    public static String iso(Instant at) {
        return at == null ? "" : at.toString();
    }

    public static String date(LocalDate date) {
        return date == null ? NOTHING : date.toString();
    }

    /** A date to be read aloud: Sun 22 Nov 2026. */
    public static String longDate(LocalDate date) {
        return date == null ? NOTHING : WEEKDAY_DATE.format(date);
    }

    /** The wall clock of a zone: 17:00. */
    public static String clock(Instant at, String zone) {
        return at == null
                ? NOTHING
                : DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
                        .withZone(ZoneId.of(zone))
                        .format(at);
    }

    /** A zone's city: Chicago. */
    public static String zone(String zone) {
        return zone.substring(zone.lastIndexOf('/') + 1).replace('_', ' ');
    }

    /** An enum's name in words: Conflicting duplicate. */
    public static String words(String code) {
        if (code == null || code.isEmpty()) {
            return NOTHING;
        }
        String lower = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        String words = Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
        return words.replaceFirst("^Echeck$", "E-check").replaceFirst("(?i)\\bbin\\b", "BIN");
    }

    /** Text, or a dash if there is none. */
    public static String text(Object value) {
        return value == null || value.toString().isEmpty() ? NOTHING : value.toString();
    }

    /** Text as a value in the query of a link. */
    public static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The first block of an id, enough to recognise it. */
    public static String shortId(UUID id) {
        return id == null ? NOTHING : id.toString().substring(0, 8);
    }

    /** The first 12 digits of a checksum. */
    public static String shortHash(String hash) {
        return hash == null || hash.length() < 12 ? text(hash) : hash.substring(0, 12);
    }

    /** Bytes in the unit that fits: 1.2 MB. */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        }
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String grouped(String digits) {
        StringBuilder grouped = new StringBuilder(digits);
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            grouped.insert(i, ',');
        }
        return grouped.toString();
    }
}
