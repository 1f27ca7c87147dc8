package io.tillstream.console.query;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What entries of one tenant and business date add up to; marks and parked events do not count.
 *
 * @param entries how many
 * @param captures payments captured among them
 * @param captured minor units captured
 * @param turnedBack minor units voided, refunded, returned and charged back
 * @param declines attempts that an issuer declined
 * @param lastAt when the last of them was recorded
 */
public record DaySum(
        String tenant,
        LocalDate businessDate,
        long entries,
        long captures,
        long captured,
        long turnedBack,
        long declines,
        Instant lastAt) {

    /** Both together; of the same tenant and date. */
    public DaySum plus(DaySum more) {
        return new DaySum(
                tenant,
                businessDate,
                entries + more.entries,
                captures + more.captures,
                Math.addExact(captured, more.captured),
                Math.addExact(turnedBack, more.turnedBack),
                declines + more.declines,
                lastAt.isAfter(more.lastAt) ? lastAt : more.lastAt);
    }
}
