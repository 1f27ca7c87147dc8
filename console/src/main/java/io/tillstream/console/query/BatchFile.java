package io.tillstream.console.query;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A row of {@code settlement.files}: a released settlement file.
 *
 * @param format nacha-ccd or payment-detail
 * @param name file name, without a directory
 * @param sha256 lower-case hexadecimal
 * @param total control total in minor units
 */
public record BatchFile(
        String batchId,
        String tenant,
        LocalDate businessDate,
        String format,
        String name,
        long sizeBytes,
        String sha256,
        long total,
        Instant releasedAt) {}
