package io.tillstream.ingest.tenants;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A city as ingest needs it.
 *
 * @param tenant id
 * @param zone time zone of its dates
 * @param funds codes that an item may name
 * @param processorsByDate processor from a date on; may be empty for a city that takes cash and checks only
 * @param eventsPerSecond limit; 0 for the process's default
 * @param eventBurst burst on top of it
 * @param credentials by key id
 */
public record TenantProfile(
        String tenant,
        ZoneId zone,
        Set<String> funds,
        NavigableMap<LocalDate, String> processorsByDate,
        int eventsPerSecond,
        int eventBurst,
        Map<String, KnownCredential> credentials) {
    public TenantProfile {
        if (tenant.isEmpty() || tenant.length() > 40) {
            throw new IllegalArgumentException("a tenant id has 1 to 40 characters");
        }
        if (eventsPerSecond < 0 || eventBurst < 0) {
            throw new IllegalArgumentException("limits of " + tenant + " must not be negative");
        }
        funds = Set.copyOf(funds);
        processorsByDate = Collections.unmodifiableNavigableMap(new TreeMap<>(processorsByDate));
        credentials = Map.copyOf(credentials);
    }

    /** The processor effective on the local date of {@code at}; before the first date, the first; empty if there is none. */
    public String processorAt(Instant at) {
        if (processorsByDate.isEmpty()) {
            return "";
        }
        Map.Entry<LocalDate, String> effective = processorsByDate.floorEntry(LocalDate.ofInstant(at, zone));
        return effective == null ? processorsByDate.firstEntry().getValue() : effective.getValue();
    }

    /** True if the city has or had this processor. */
    public boolean hasProcessor(String processor) {
        return processorsByDate.containsValue(processor);
    }
}
