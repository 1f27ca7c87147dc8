package io.tillstream.console.query;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A tenant and the business date that it has open.
 *
 * @param openDate null until the tenant's terms are in the journal
 * @param nextCloseAt when the date closes by time; null without an open date
 */
public record TenantDay(
        String tenant,
        String name,
        String timeZone,
        String cutOff,
        String currency,
        LocalDate openDate,
        Instant nextCloseAt) {}
