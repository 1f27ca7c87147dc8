package io.tillstream.console.query;

import java.time.Instant;
import java.util.List;

/**
 * What the overview shows of the tenants in a scope, at one moment of the database.
 *
 * @param at when it was read
 * @param tenants at most {@link OverviewQueries#TENANTS_MAX}, by id
 * @param tenantCount how many there are
 * @param refusals of the last 24 hours, the most frequent reason first
 * @param quarantine of the last 24 hours, the most frequent reason first
 * @param anomalies the latest
 * @param batches the latest business dates
 * @param files of these batches
 */
public record Figures(
        Instant at,
        List<TenantDay> tenants,
        long tenantCount,
        List<ReasonCount> refusals,
        List<ReasonCount> quarantine,
        List<Anomaly> anomalies,
        List<Batch> batches,
        List<BatchFile> files) {
    public Figures {
        tenants = List.copyOf(tenants);
        refusals = List.copyOf(refusals);
        quarantine = List.copyOf(quarantine);
        anomalies = List.copyOf(anomalies);
        batches = List.copyOf(batches);
        files = List.copyOf(files);
    }
}
