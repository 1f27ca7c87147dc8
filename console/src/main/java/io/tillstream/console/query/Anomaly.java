package io.tillstream.console.query;

import java.time.Instant;
import java.util.List;

/**
 * A row of {@code fraud.anomalies}: a finding of detection.
 *
 * @param tenant empty when several are affected
 * @param subject keyed hash of a source, or a BIN
 * @param amountTotal minor units attempted in the window
 * @param evidence event ids, latest last
 */
public record Anomaly(
        String anomalyId,
        String rule,
        String tenant,
        String subjectKind,
        String subject,
        String channel,
        Instant windowStart,
        Instant windowEnd,
        Instant detectedAt,
        long attempts,
        long declines,
        long smallAmounts,
        long distinctCards,
        long amountTotal,
        String currency,
        String detail,
        List<String> evidence) {}
