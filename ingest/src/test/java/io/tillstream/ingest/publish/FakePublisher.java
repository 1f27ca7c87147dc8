package io.tillstream.ingest.publish;

import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Quarantined;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A broker by hand: acknowledges at once, refuses, or holds events until told. */
public final class FakePublisher implements EventPublisher {
    /** What it does with an event. */
    public enum Mode {
        ACKNOWLEDGE,
        FAIL,
        HOLD,
        THROW
    }

    private final List<PaymentEvent> events = new ArrayList<>();
    private final List<Quarantined> findings = new ArrayList<>();
    private final List<Outcome> held = new ArrayList<>();
    private Mode mode = Mode.ACKNOWLEDGE;

    public synchronized void mode(Mode next) {
        mode = next;
    }

    @Override
    public void publish(PaymentEvent event, UUID paymentId, Outcome outcome) {
        Mode now;
        synchronized (this) {
            now = mode;
            events.add(event);
            if (now == Mode.HOLD) {
                held.add(outcome);
            }
        }
        switch (now) {
            case ACKNOWLEDGE -> outcome.told(true);
            case FAIL -> outcome.told(false);
            case THROW -> throw new IllegalStateException("broken for the test");
            case HOLD -> {}
        }
    }

    /** Tells the outcome of all that are held, on this thread. */
    public void tellHeld(boolean isAcknowledged) {
        List<Outcome> now;
        synchronized (this) {
            now = new ArrayList<>(held);
            held.clear();
        }
        now.forEach(outcome -> outcome.told(isAcknowledged));
    }

    public synchronized int heldCount() {
        return held.size();
    }

    public synchronized List<PaymentEvent> events() {
        return List.copyOf(events);
    }

    public synchronized List<Quarantined> findings() {
        return List.copyOf(findings);
    }

    @Override
    public synchronized void quarantine(Quarantined finding) {
        findings.add(finding);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public String state() {
        return "by hand";
    }
}
