package io.tillstream.ingest.publish;

import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Quarantined;
import java.util.UUID;

/** Writes events so that they survive, and says when they do. */
public interface EventPublisher {
    /** The outcome of one event, told exactly once, perhaps on a thread of the publisher: be quick. */
    @FunctionalInterface
    interface Outcome {
        /** @param isAcknowledged true if all in-sync replicas have it; false if that is not known */
        void told(boolean isAcknowledged);
    }

    /** Takes an event; returns at once. {@code paymentId} is the event's, for the key. */
    void publish(PaymentEvent event, UUID paymentId, Outcome outcome);

    /** Takes a finding for the quarantine; returns at once; a failure is counted and logged. */
    void quarantine(Quarantined finding);

    /** False as long as an event would surely fail. */
    boolean isReady();

    /** Why it is not ready, for operators. */
    String state();
}
