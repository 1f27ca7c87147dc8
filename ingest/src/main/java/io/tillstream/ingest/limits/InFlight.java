package io.tillstream.ingest.limits;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what has been taken in and not yet answered, up to a bound. */
public final class InFlight {
    private final int countMax;
    private final AtomicInteger count = new AtomicInteger();

    public InFlight(int countMax) {
        if (countMax < 1) {
            throw new IllegalArgumentException("countMax must be at least 1, not " + countMax);
        }
        this.countMax = countMax;
    }

    /** Takes a place, if there is one. */
    public boolean tryEnter() {
        if (count.incrementAndGet() <= countMax) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    /** Gives a place back. */
    public void leave() {
        if (count.decrementAndGet() < 0) {
            throw new IllegalStateException("more have left than entered");
        }
    }

    public int count() {
        return count.get();
    }

    public int countMax() {
        return countMax;
    }
}
