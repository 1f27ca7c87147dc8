package io.tillstream.console.query;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A tenant's open business date so far.
 *
 * @param openDate null until the tenant's terms are in the journal
 * @param nextCloseAt when the date closes by time; null without an open date
 * @param entries journal entries of the date
 * @param captures payments captured
 * @param captured minor units captured
 * @param turnedBack minor units voided, refunded, returned and charged back
 * @param declines attempts that an issuer declined
 * @param lastAt when the last entry was recorded; null without one
 */
public record TenantDay(
        String tenant,
        String name,
        String timeZone,
        String cutOff,
        String currency,
        LocalDate openDate,
        Instant nextCloseAt,
        long entries,
        long captures,
        long captured,
        long turnedBack,
        long declines,
        Instant lastAt) {}
