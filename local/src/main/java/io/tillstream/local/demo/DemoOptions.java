package io.tillstream.local.demo;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a demo shall do.
 *
 * @param dataDirectory where everything is kept; made if it is not there, continued if it is
 * @param tenantsFile the cities, the largest first
 * @param payments payments after which the traffic ends; empty for no end
 * @param seed of the simulation; empty for another one each time
 * @param perSecond payments begun in a second; not used if {@code payments} is given: then as fast as they are answered
 * @param preferredPorts whether the usual ports are taken where they are free (8080 and so on); else free ones
 */
public record DemoOptions(
        Path dataDirectory,
        Path tenantsFile,
        OptionalLong payments,
        OptionalLong seed,
        double perSecond,
        boolean preferredPorts) {
    /** Payments begun in a second when nothing else is said. */
    public static final double PER_SECOND_DEFAULT = 50;

    public DemoOptions {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(tenantsFile, "tenantsFile");
        Objects.requireNonNull(payments, "payments");
        Objects.requireNonNull(seed, "seed");
        if (payments.isPresent() && payments.getAsLong() < 1) {
            throw new IllegalArgumentException("payments must be one at least");
        }
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond must be more than zero");
        }
    }

    /** A bounded demo on free ports, for tests. */
    public static DemoOptions bounded(Path dataDirectory, Path tenantsFile, long payments, long seed) {
        return new DemoOptions(
                dataDirectory,
                tenantsFile,
                OptionalLong.of(payments),
                OptionalLong.of(seed),
                PER_SECOND_DEFAULT,
                false);
    }
}
