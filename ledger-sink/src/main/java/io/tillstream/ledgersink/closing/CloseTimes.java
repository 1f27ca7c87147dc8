package io.tillstream.ledgersink.closing;

import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.schemas.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a tenant's business dates close, and which follows which.
 *
 * @param cutOff local time at which the date of that day closes; 00:00 is the midnight that ends it
 * @param bankDays dates for tenants that keep BANK_DAYS
 */
record CloseTimes(ZoneId zone, LocalTime cutOff, BusinessCalendar calendar, BankCalendar bankDays) {

    /** A local time that the zone leaves out (spring) is moved on by the gap; of one that comes twice the first counts. */
    Instant closeOf(LocalDate date) {
        LocalDate day = cutOff.equals(LocalTime.MIDNIGHT) ? date.plusDays(1) : date;
        return day.atTime(cutOff).atZone(zone).toInstant();
    }

    LocalDate after(LocalDate date) {
        return switch (calendar) {
            case EVERY_DAY -> date.plusDays(1);
            case BANK_DAYS -> bankDays.nextOpenAfter(date);
        };
    }
}
