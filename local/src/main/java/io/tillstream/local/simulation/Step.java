package io.tillstream.local.simulation;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.PaymentIds;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * One request of a story.
 *
 * @param kind how the request differs from a plain event
 * @param idempotencyKey key of the event
 * @param body JSON, or what should be JSON
 * @param statuses answers that are right
 * @param possible outcomes that are right if it is accepted, the usual one first; empty for what repeats or must be refused
 * @param instance 0 or 1: the ingest instance that gets it
 */
record Step(
        City city,
        Channel channel,
        Kind kind,
        String idempotencyKey,
        String body,
        Set<Integer> statuses,
        List<Possible> possible,
        int instance) {
    static final Set<Integer> ACCEPTED = Set.of(202);

    enum Kind {
        /** An event, sent the first time. */
        EVENT,
        /** The same event again. */
        RESEND,
        /** The same key with another body. */
        CONFLICT,
        /** Must be answered with an error. */
        MALFORMED,
        /** Must be answered with an error; asks without a valid key. */
        UNAUTHENTICATED,
        /** Holds a card number. */
        CARD_NUMBER
    }

    Step {
        Objects.requireNonNull(city, "city");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(body, "body");
        statuses = Set.copyOf(statuses);
        possible = List.copyOf(possible);
    }

    /** The id that every instance must give the event. */
    UUID eventId() {
        return PaymentIds.eventId(city.id(), channel, idempotencyKey);
    }

    /** Whether it goes with the batches of its channel; what is malformed goes alone. */
    boolean inBatch() {
        boolean batchChannel = channel == Channel.MAIL || channel == Channel.KIOSK;
        return batchChannel && (kind == Kind.EVENT || kind == Kind.RESEND || kind == Kind.CONFLICT) && instance == 0;
    }

    /** Without the body, which may be what must not be repeated. */
    @Override
    public String toString() {
        return kind + " " + city.id() + " " + channel + " " + idempotencyKey;
    }
}
