package io.tillstream.local.simulation;

import io.tillstream.schemas.Refusal;
import java.util.Map;
import java.util.Objects;

/**
 * An outcome that an accepted event may have, and what it does to the balances.
 *
 * @param refusal NONE unless refused
 * @param postings by account, debit positive, minor units
 */
record Possible(Outcome outcome, Refusal refusal, Map<String, Long> postings) {
    /** What can become of an accepted event. */
    enum Outcome {
        RECORDED,
        PARKED,
        RELEASED,
        /** Parked, and refused after as many closes as the city waits. */
        EXPIRED,
        REFUSED
    }

    Possible {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(refusal, "refusal");
        postings = Map.copyOf(postings);
    }

    static Possible recorded(Map<String, Long> postings) {
        return new Possible(Outcome.RECORDED, Refusal.NONE, postings);
    }

    static Possible released(Map<String, Long> postings) {
        return new Possible(Outcome.RELEASED, Refusal.NONE, postings);
    }

    static Possible parked() {
        return new Possible(Outcome.PARKED, Refusal.NONE, Map.of());
    }

    static Possible expired() {
        return new Possible(Outcome.EXPIRED, Refusal.PAYMENT_NOT_FOUND, Map.of());
    }

    static Possible refused(Refusal refusal) {
        return new Possible(Outcome.REFUSED, refusal, Map.of());
    }
}
