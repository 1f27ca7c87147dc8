package io.tillstream.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The platform at one moment; what its source does not tell at present is empty.
 *
 * @param at the moment
 * @param span how far back the flows' points go
 * @param accepted payments.events: what ingest and imports have put there
 * @param recorded journal entries that reached the database
 * @param refused refusals that reached the database
 * @param quarantined quarantined records that reached the database
 * @param postingLag of the group of posting behind payments.events
 * @param sinkLag of the database behind the journal
 * @param trouble what cannot be asked at present, in words
 * @param services in the order of the settings
 */
public record Pulse(
        Instant at,
        Duration span,
        Flow accepted,
        Flow recorded,
        Flow refused,
        Flow quarantined,
        Optional<Lag> postingLag,
        Optional<Lag> sinkLag,
        List<String> trouble,
        List<ServiceState> services) {
    public Pulse {
        trouble = List.copyOf(trouble);
        services = List.copyOf(services);
    }

    /**
     * A counter's rate and how it came there.
     *
     * @param perSecond now
     * @param points oldest first
     */
    public record Flow(OptionalDouble perSecond, List<RateSeries.Point> points) {
        public Flow {
            points = List.copyOf(points);
        }
    }
}
