package io.tillstream.ledgersink.calendar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which dates are banking days: Monday to Friday without the Federal Reserve's holidays, unless own data says otherwise. */
public final class BankCalendar {

    /** Longer than any row of closed days; a search past it means that own data closes everything. */
    private static final int SEARCH_DAYS_MAX = 366;

    /** Dates that own data decides, over every rule. */
    private final Map<LocalDate, OwnDate> ownDates;

    private BankCalendar(Map<LocalDate, OwnDate> ownDates) {
        this.ownDates = Map.copyOf(ownDates);
    }

    /** The Federal Reserve's calendar, from the year 2022 on. */
    public static BankCalendar federalReserve() {
        return new BankCalendar(Map.of());
    }

    /**
     * The Federal Reserve's calendar with own dates from a file: a line is {@code closed 2026-12-24 reason} or {@code open
     * 2026-11-11 reason}; empty lines and lines that begin with # are left out.
     *
     * @throws IllegalArgumentException when a line is neither, or a date stands twice; names the line
     */
    public static BankCalendar read(Path file) throws IOException {
        return federalReserve().with(Files.readAllLines(file));
    }

    /** This calendar with the dates of {@code lines}, as in {@link #read}; a later line for a date of this calendar wins. */
    public BankCalendar with(List<String> lines) {
        Map<LocalDate, OwnDate> added = new HashMap<>();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            OwnDate own = OwnDate.parse(line, index + 1);
            if (added.put(own.date(), own) != null) {
                throw new IllegalArgumentException("line " + (index + 1) + ": " + own.date() + " stands twice");
            }
        }
        Map<LocalDate, OwnDate> merged = new HashMap<>(ownDates);
        merged.putAll(added);
        return new BankCalendar(merged);
    }

    /** Whether banks settle on the date. */
    public boolean isOpen(LocalDate date) {
        OwnDate own = ownDates.get(date);
        if (own != null) {
            return own.open();
        }
        return !isWeekend(date) && !isHoliday(date);
    }

    /** The first open date after {@code date}, never {@code date} itself. */
    public LocalDate nextOpenAfter(LocalDate date) {
        LocalDate end = date.plusDays(SEARCH_DAYS_MAX);
        for (LocalDate next = date.plusDays(1); next.isBefore(end); next = next.plusDays(1)) {
            if (isOpen(next)) {
                return next;
            }
        }
        throw new IllegalStateException("no banking day within " + SEARCH_DAYS_MAX + " days after " + date);
    }

    /** The weekdays of the year on which banks are closed, with the reason; own dates included. */
    public SortedMap<LocalDate, String> closedWeekdays(int year) {
        SortedMap<LocalDate, String> closed = new TreeMap<>();
        for (FederalHoliday holiday : FederalHoliday.values()) {
            closed.put(holiday.observedIn(year), holiday.title());
        }
        for (OwnDate own : ownDates.values()) {
            if (own.date().getYear() == year) {
                closed.put(own.date(), own.reason());
            }
        }
        closed.keySet().removeIf(date -> isWeekend(date) || isOpen(date));
        return closed;
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /** No rule moves a holiday into another year: 31 December is never a Sunday's holiday. */
    private static boolean isHoliday(LocalDate date) {
        for (FederalHoliday holiday : FederalHoliday.values()) {
            if (holiday.observedIn(date.getYear()).equals(date)) {
                return true;
            }
        }
        return false;
    }

    private record OwnDate(LocalDate date, boolean open, String reason) {

        static OwnDate parse(String line, int number) {
            String[] parts = line.split("\\s+", 3);
            String word = parts[0].toLowerCase(Locale.ROOT);
            if (parts.length < 2 || !(word.equals("open") || word.equals("closed"))) {
                throw new IllegalArgumentException(
                        "line " + number + ": neither 'open yyyy-mm-dd reason' nor 'closed yyyy-mm-dd reason'");
            }
            try {
                return new OwnDate(LocalDate.parse(parts[1]), word.equals("open"), parts.length == 3 ? parts[2] : word);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("line " + number + ": not a date: " + parts[1], e);
            }
        }
    }
}
