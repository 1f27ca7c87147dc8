package io.tillstream.ledgersink.settlement;

import static java.util.Objects.requireNonNull;

/**
 * A settlement file that is on the disk under its final name.
 *
 * @param format name of the {@link SettlementFormat}
 * @param name file name without directory
 * @param sizeBytes length
 * @param sha256 lower-case hexadecimal
 * @param total control total in minor units, as in SettlementFileReleased.avsc
 */
public record WrittenFile(String format, String name, long sizeBytes, String sha256, long total) {

    public WrittenFile {
        requireNonNull(format, "format");
        requireNonNull(name, "name");
        requireNonNull(sha256, "sha256");
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("sizeBytes is negative: " + sizeBytes);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 is not 64 lower-case hexadecimal digits");
        }
    }
}
