package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.JvmProcess;
import io.tillstream.loadtests.bench.stage.Usage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Watches a running contender from outside: position, time, CPU. Sampling costs the machine about one request of the broker per tenth of a second. */
final class Watch {
    private static final long TICK_NANOS = 100_000_000;
    private static final Duration STALLED_MAX = Duration.ofMinutes(3);

    private static final Duration FOR_EVER = Duration.ofDays(1);

    /** A moment of a run. */
    record Sample(long nanos, long position, Usage application, Usage broker) {
        double secondsSince(Sample earlier) {
            return (nanos - earlier.nanos) / 1e9;
        }
    }

    private final Place place;
    private final Contender contender;
    private final Gauge gauge;
    private final JvmProcess process;

    Watch(Place place, Contender contender, Gauge gauge, JvmProcess process) {
        this.place = place;
        this.contender = contender;
        this.gauge = gauge;
        this.process = process;
    }

    /** The first moment at which the position is at least this. */
    Sample until(long position) {
        return until(position, FOR_EVER);
    }

    /** The same, or the moment when so much time is over, whichever comes first. */
    Sample until(long position, Duration atMost) {
        Sample now = sample();
        long begunAt = now.nanos();
        long changedAt = begunAt;
        long last = now.position();
        while (now.position() < position && now.nanos() - begunAt < atMost.toNanos()) {
            requireProgress(changedAt, last, position);
            LockSupport.parkNanos(TICK_NANOS);
            now = sample();
            changedAt = now.position() == last ? changedAt : now.nanos();
            last = now.position();
        }
        return now;
    }

    /** The moment of the last change: at or after the position, with nothing written that is not readable, and then still for a while. */
    Sample untilStill(long position, Duration still) {
        Sample last = until(position);
        while (true) {
            requireProgress(last.nanos(), last.position(), position);
            LockSupport.parkNanos(TICK_NANOS);
            Sample now = sample();
            if (now.position() != last.position()) {
                last = now;
            } else if (now.nanos() - last.nanos() > still.toNanos() && gauge.isSettled()) {
                return last;
            }
        }
    }

    Sample sample() {
        long position = gauge.position();
        Set<Long> pids = new HashSet<>(contender.helpers());
        pids.add(process.pid());
        return new Sample(
                System.nanoTime(),
                position,
                Usage.of(List.copyOf(pids)),
                Usage.of(place.cluster().brokerPid()));
    }

    private void requireProgress(long changedAt, long at, long wanted) {
        process.requireAlive();
        if (System.nanoTime() - changedAt > STALLED_MAX.toNanos()) {
            throw new IllegalStateException(
                    contender.name() + " stands still at " + at + " of " + wanted + " for " + STALLED_MAX);
        }
    }
}
