package io.tillstream.ledgersink.calendar;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;

/** The holidays of the Federal Reserve, in the order of the year and with the names of its list K.8. */
enum FederalHoliday {
    NEW_YEARS_DAY("New Year's Day", Month.JANUARY, 1),
    MARTIN_LUTHER_KING_JR("Birthday of Martin Luther King, Jr.", Month.JANUARY, MONDAY, 3),
    WASHINGTONS_BIRTHDAY("Washington's Birthday", Month.FEBRUARY, MONDAY, 3),
    MEMORIAL_DAY("Memorial Day", Month.MAY, MONDAY, FederalHoliday.LAST),
    JUNETEENTH("Juneteenth National Independence Day", Month.JUNE, 19),
    INDEPENDENCE_DAY("Independence Day", Month.JULY, 4),
    LABOR_DAY("Labor Day", Month.SEPTEMBER, MONDAY, 1),
    COLUMBUS_DAY("Columbus Day", Month.OCTOBER, MONDAY, 2),
    VETERANS_DAY("Veterans Day", Month.NOVEMBER, 11),
    THANKSGIVING_DAY("Thanksgiving Day", Month.NOVEMBER, THURSDAY, 4),
    CHRISTMAS_DAY("Christmas Day", Month.DECEMBER, 25);

    /** Juneteenth became a holiday in June 2021, and the Federal Reserve first closed for it in 2022. */
    static final int FIRST_YEAR = 2022;

    /** As the ordinal of {@link TemporalAdjusters#dayOfWeekInMonth}: counted from the month's end. */
    private static final int LAST = -1;

    private final String title;
    private final Month month;
    private final int day;
    private final DayOfWeek weekday;
    private final int ordinal;

    FederalHoliday(String title, Month month, int day) {
        this(title, month, day, null, 0);
    }

    FederalHoliday(String title, Month month, DayOfWeek weekday, int ordinal) {
        this(title, month, 1, weekday, ordinal);
    }

    FederalHoliday(String title, Month month, int day, DayOfWeek weekday, int ordinal) {
        this.title = title;
        this.month = month;
        this.day = day;
        this.weekday = weekday;
        this.ordinal = ordinal;
    }

    String title() {
        return title;
    }

    /** The date of the holiday itself, which may be a Saturday or a Sunday. */
    LocalDate in(int year) {
        if (year < FIRST_YEAR) {
            throw new IllegalArgumentException("the holidays are those since " + FIRST_YEAR + ", not of " + year);
        }
        LocalDate date = LocalDate.of(year, month, day);
        return weekday == null ? date : date.with(TemporalAdjusters.dayOfWeekInMonth(ordinal, weekday));
    }

    /** The date on which banks are closed for it: a Sunday's holiday on the Monday; a Saturday's stays and closes no weekday. */
    LocalDate observedIn(int year) {
        LocalDate date = in(year);
        return date.getDayOfWeek() == SUNDAY ? date.plusDays(1) : date;
    }
}
