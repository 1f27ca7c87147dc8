package io.tillstream.ledgersink.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankCalendarTest {

    private final BankCalendar calendar = BankCalendar.federalReserve();

    @ParameterizedTest
    @CsvFileSource(
            resources = "/calendar/federal-reserve-k8.txt",
            delimiter = '|',
            useHeadersInDisplayName = true,
            quoteCharacter = '"',
            emptyValue = "")
    void shouldCloseAsTheFederalReservePublishes(LocalDate date, String mark, String holiday) {
        LocalDate observed = "**".equals(mark) ? date.plusDays(1) : date;

        assertThat(calendar.isOpen(observed)).isFalse();
        if ("*".equals(mark)) {
            assertThat(date.getDayOfWeek()).isEqualTo(DayOfWeek.SATURDAY);
            assertThat(calendar.isOpen(date.minusDays(1)))
                    .as("the Friday before")
                    .isTrue();
            assertThat(calendar.closedWeekdays(date.getYear())).doesNotContainKey(date);
        } else {
            assertThat(calendar.closedWeekdays(date.getYear())).containsEntry(observed, holiday);
        }
    }

    /** The other direction of the table: no weekday is closed that the list does not close. */
    @ParameterizedTest
    @ValueSource(ints = {2024, 2025, 2026, 2027, 2028, 2029, 2030})
    void shouldOpenEveryOtherWeekdayOfTheYear(int year) throws IOException {
        Map<LocalDate, String> published = published(year);

        for (LocalDate date = LocalDate.of(year, 1, 1); date.getYear() == year; date = date.plusDays(1)) {
            boolean weekend = date.getDayOfWeek().getValue() > DayOfWeek.FRIDAY.getValue();
            assertThat(calendar.isOpen(date)).as(date.toString()).isEqualTo(!weekend && !published.containsKey(date));
        }
        assertThat(calendar.closedWeekdays(year)).isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            after      | next       | why
            2026-11-20 | 2026-11-23 | over a weekend
            2026-11-22 | 2026-11-23 | from a Sunday
            2026-11-23 | 2026-11-24 | an ordinary day
            2026-11-25 | 2026-11-27 | Thanksgiving is a Thursday, the Friday is open
            2026-07-02 | 2026-07-03 | 4 July is a Saturday: the Friday is open
            2026-07-03 | 2026-07-06 | and the Monday too
            2027-07-02 | 2027-07-06 | 4 July is a Sunday: the Monday is closed
            2027-12-23 | 2027-12-24 | Christmas is a Saturday: the Friday is open
            2027-12-31 | 2028-01-03 | New Year's Day 2028 is a Saturday
            2026-12-31 | 2027-01-04 | New Year's Day is a Friday
            2022-12-30 | 2023-01-03 | New Year's Day 2023 is a Sunday
            2026-10-09 | 2026-10-13 | Columbus Day counts
            """)
    void shouldFindTheNextBankingDay(LocalDate after, LocalDate next, String why) {
        assertThat(calendar.nextOpenAfter(after)).as(why).isEqualTo(next);
    }

    @Test
    void shouldFollowOwnDatesWhenTheyAreGiven(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("bank-days.txt");
        Files.writeString(file, """
                # by order of the governor
                closed 2026-11-23 ice storm

                open 2026-11-26
                open   2026-11-28   the Saturday after
                """);

        BankCalendar own = BankCalendar.read(file);

        assertThat(own.nextOpenAfter(LocalDate.parse("2026-11-20"))).isEqualTo(LocalDate.parse("2026-11-24"));
        assertThat(own.isOpen(LocalDate.parse("2026-11-26"))).isTrue();
        assertThat(own.isOpen(LocalDate.parse("2026-11-28"))).isTrue();
        assertThat(own.closedWeekdays(2026))
                .containsEntry(LocalDate.parse("2026-11-23"), "ice storm")
                .doesNotContainKey(LocalDate.parse("2026-11-26"));
        assertThat(calendar.isOpen(LocalDate.parse("2026-11-23")))
                .as("the original is unchanged")
                .isTrue();
    }

    @Test
    void shouldLetTheLaterDataWinWhenADateIsDecidedTwice() {
        BankCalendar own =
                calendar.with(List.of("closed 2026-11-23 ice storm")).with(List.of("open 2026-11-23 thawed"));

        assertThat(own.isOpen(LocalDate.parse("2026-11-23"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            line                | message
            shut 2026-11-23     | line 1: neither 'open yyyy-mm-dd reason' nor 'closed yyyy-mm-dd reason'
            closed              | line 1: neither 'open yyyy-mm-dd reason' nor 'closed yyyy-mm-dd reason'
            closed 2026-13-01 x | line 1: not a date: 2026-13-01
            closed 11/23/2026 x | line 1: not a date: 11/23/2026
            """)
    void shouldNameTheLineWhenOwnDataIsUnreadable(String line, String message) {
        assertThatThrownBy(() -> calendar.with(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseADateThatStandsTwiceInOneFile() {
        assertThatThrownBy(() -> calendar.with(List.of("closed 2026-11-23 a", "open 2026-11-23 b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2: 2026-11-23 stands twice");
    }

    @Test
    void shouldRefuseYearsWhoseHolidaysWereOthers() {
        assertThatThrownBy(() -> calendar.isOpen(LocalDate.parse("2021-06-18")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<LocalDate, String> published(int year) throws IOException {
        Map<LocalDate, String> closed = new TreeMap<>();
        Path list = Path.of("src/test/resources/calendar/federal-reserve-k8.txt");
        for (String line : Files.readAllLines(list)) {
            if (line.startsWith(Integer.toString(year))) {
                String[] cells = line.split("\\s*\\|\\s*", -1);
                LocalDate date = LocalDate.parse(cells[0]);
                LocalDate observed = cells[1].equals("**") ? date.plusDays(1) : date;
                if (!cells[1].equals("*")) {
                    closed.put(observed, cells[2]);
                }
            }
        }
        return closed;
    }
}
