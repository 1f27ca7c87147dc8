package io.tillstream.ingest.intake;

import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillstream.ingest.cardguard.CardFound;
import io.tillstream.ingest.publish.EventPublisher;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that someone sent a card number: counted always; told in the log and in the quarantine as often as a bound allows, because
 * whoever floods us with card numbers must not flood those too. Tells where, never what: no value, no hash of it.
 */
public final class CardAlarm {
    private static final Logger log = LoggerFactory.getLogger(CardAlarm.class);
    private static final int ALARMS_PER_SECOND = 20;

    private final EventPublisher publisher;
    private final InstantSource clock;
    private final Map<CardFound.Place, Counter> found = new EnumMap<>(CardFound.Place.class);
    private final Counter untold;
    private final Bucket bucket = Bucket.builder()
            .addLimit(limit -> limit.capacity(ALARMS_PER_SECOND).refillGreedy(ALARMS_PER_SECOND, Duration.ofSeconds(1)))
            .build();

    public CardAlarm(EventPublisher publisher, InstantSource clock, MeterRegistry meters) {
        this.publisher = publisher;
        this.clock = clock;
        for (CardFound.Place place : CardFound.Place.values()) {
            found.put(
                    place,
                    Counter.builder("tillstream.ingest.card.numbers")
                            .description("Requests or lines refused because they hold a card number")
                            .tag("place", place.name())
                            .register(meters));
        }
        this.untold = Counter.builder("tillstream.ingest.card.numbers.untold")
                .description(
                        "Of these, counted but neither logged nor quarantined, because there were too many at once")
                .register(meters);
    }

    /**
     * Raises the alarm.
     *
     * @param tenant empty if the request has not proven whose it is
     * @param valueBytes length of the body or line; 0 outside the body
     */
    public void raise(CardFound card, String tenant, long valueBytes) {
        found.get(card.place()).increment();
        if (!bucket.tryConsume(1)) {
            untold.increment();
            return;
        }
        log.warn("ALERT card number refused: tenant {}, {} {}", tenant, card.place(), card.field());
        publisher.quarantine(new Quarantined(
                QuarantineReason.CARD_NUMBER,
                "card number in " + card.field(),
                tenant,
                "http",
                -1,
                -1L,
                clock.instant(),
                valueBytes,
                null));
    }
}
