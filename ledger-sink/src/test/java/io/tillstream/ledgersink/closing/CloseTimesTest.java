package io.tillstream.ledgersink.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.schemas.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CloseTimesTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            zone                | cutOff | date       | closesAt
            America/Chicago     | 17:00  | 2026-01-15 | 2026-01-15T23:00:00Z
            America/Chicago     | 17:00  | 2026-07-15 | 2026-07-15T22:00:00Z
            America/Los_Angeles | 23:59  | 2026-01-15 | 2026-01-16T07:59:00Z
            America/Chicago     | 00:00  | 2026-01-15 | 2026-01-16T06:00:00Z
            America/Chicago     | 02:30  | 2026-03-08 | 2026-03-08T08:30:00Z
            America/Chicago     | 01:30  | 2026-11-01 | 2026-11-01T06:30:00Z
            Pacific/Auckland    | 17:00  | 2026-01-15 | 2026-01-15T04:00:00Z
            UTC                 | 12:00  | 2026-01-15 | 2026-01-15T12:00:00Z
            """)
    void shouldCloseAtTheCutOffInTheTenantsZone(ZoneId zone, LocalTime cutOff, LocalDate date, Instant closesAt) {
        CloseTimes times = times(zone, cutOff, BusinessCalendar.EVERY_DAY);
        assertThat(times.closeOf(date)).isEqualTo(closesAt);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            calendar  | date       | next       | why
            EVERY_DAY | 2026-03-06 | 2026-03-07 | a Friday
            EVERY_DAY | 2026-12-31 | 2027-01-01 | the last of the year
            BANK_DAYS | 2026-03-05 | 2026-03-06 | a Thursday
            BANK_DAYS | 2026-03-06 | 2026-03-09 | a Friday
            BANK_DAYS | 2026-03-07 | 2026-03-09 | a Saturday that was open by mistake
            BANK_DAYS | 2026-01-16 | 2026-01-20 | the Friday before Martin Luther King's day
            BANK_DAYS | 2026-10-09 | 2026-10-13 | the Friday before Columbus Day
            BANK_DAYS | 2026-07-02 | 2026-07-03 | Independence Day is a Saturday and the Friday is open
            BANK_DAYS | 2026-12-31 | 2027-01-04 | New Year is a Friday
            """)
    void shouldOpenTheNextDateOfTheTenantsCalendar(
            BusinessCalendar calendar, LocalDate date, LocalDate next, String why) {
        assertThat(times(ZoneId.of("UTC"), LocalTime.NOON, calendar).after(date))
                .as(why)
                .isEqualTo(next);
    }

    private static CloseTimes times(ZoneId zone, LocalTime cutOff, BusinessCalendar calendar) {
        return new CloseTimes(zone, cutOff, calendar, BankCalendar.federalReserve());
    }
}
