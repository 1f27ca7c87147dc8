package io.tillstream.ingest.idempotency;

import java.util.ArrayList;
import java.util.List;

/** The first request under a key: the hash of its body, and whether the broker has it. Safe for use by several threads. */
public final class Remembered {
    /** Told whether the broker has the event. */
    @FunctionalInterface
    public interface Waiter {
        void told(boolean isAcknowledged);
    }

    private enum State {
        WAITING,
        ACKNOWLEDGED,
        FAILED
    }

    private final BodyHash bodyHash;
    private List<Waiter> waiters = new ArrayList<>(1);
    private State state = State.WAITING;

    public Remembered(BodyHash bodyHash) {
        this.bodyHash = bodyHash;
    }

    public boolean hasBody(BodyHash other) {
        return bodyHash.equals(other);
    }

    /** Tells the waiter at once if the outcome is known, else when it is. */
    public void whenTold(Waiter waiter) {
        State now;
        synchronized (this) {
            now = state;
            if (now == State.WAITING) {
                waiters.add(waiter);
                return;
            }
        }
        waiter.told(now == State.ACKNOWLEDGED);
    }

    /** The outcome, for all that wait and that will ask; the first one told counts. */
    public void tell(boolean isAcknowledged) {
        List<Waiter> waiting;
        synchronized (this) {
            if (state != State.WAITING) {
                return;
            }
            state = isAcknowledged ? State.ACKNOWLEDGED : State.FAILED;
            waiting = waiters;
            waiters = List.of();
        }
        waiting.forEach(waiter -> waiter.told(isAcknowledged));
    }
}
