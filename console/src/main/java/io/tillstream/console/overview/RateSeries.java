package io.tillstream.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A counter read again and again, as rates. Each rate is taken over a few seconds, because whoever moves the counter
 * does so a transaction at a time.
 */
public final class RateSeries {
    private static final Duration OVER = Duration.ofSeconds(3);
    private final Duration kept;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private final Deque<Point> points = new ArrayDeque<>();

    /** @param kept how far back the points go */
    RateSeries(Duration kept) {
        this.kept = kept;
    }

    /**
     * A rate at a moment.
     *
     * @param perSecond never negative
     */
    public record Point(Instant at, double perSecond) {}

    private record Reading(Instant at, long count) {}

    /** A counter that went back was begun anew: what was before it says nothing any more. */
    synchronized void read(Instant at, long count) {
        if (!readings.isEmpty() && count < readings.getLast().count) {
            readings.clear();
        }
        readings.addLast(new Reading(at, count));
        Reading base = base(at);
        double seconds = Duration.between(base.at, at).toNanos() / 1e9;
        if (seconds > 0) {
            points.addLast(new Point(at, (count - base.count) / seconds));
        }
        while (!points.isEmpty() && points.getFirst().at.isBefore(at.minus(kept))) {
            points.removeFirst();
        }
    }

    /** The youngest reading that is old enough, else the oldest; drops what is older. */
    private Reading base(Instant at) {
        Instant wanted = at.minus(OVER);
        while (readings.size() > 2 && !second().at.isAfter(wanted)) {
            readings.removeFirst();
        }
        return readings.getFirst();
    }

    private Reading second() {
        Iterator<Reading> iterator = readings.iterator();
        iterator.next();
        return iterator.next();
    }

    /** The latest rate; empty if there is none younger than {@code since}. */
    synchronized OptionalDouble perSecond(Instant since) {
        return points.isEmpty() || points.getLast().at.isBefore(since)
                ? OptionalDouble.empty()
                : OptionalDouble.of(points.getLast().perSecond);
    }

    synchronized List<Point> points() {
        return new ArrayList<>(points);
    }
}
