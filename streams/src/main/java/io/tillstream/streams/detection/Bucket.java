package io.tillstream.streams.detection;

import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of one subject in one stretch of time, as long as the window.
 *
 * @param seen attempts seen in it, also those no longer kept
 * @param attempts the latest of them, in order of time
 * @param alerts anomalies whose window ends in it
 */
record Bucket(long seen, List<Attempt> attempts, List<Alert> alerts) {
    static final Bucket EMPTY = new Bucket(0, List.of(), List.of());

    /** A rule spoke; {@code atMillis} is the time of the attempt that its run ended with. */
    record Alert(String rule, long atMillis) {}

    Bucket {
        attempts = List.copyOf(attempts);
        alerts = List.copyOf(alerts);
    }

    /** With one attempt more; of more than {@code keptMax} the oldest goes. */
    Bucket with(Attempt attempt, int keptMax) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        all.sort(Attempt.IN_ORDER);
        return new Bucket(seen + 1, all.size() > keptMax ? all.subList(1, all.size()) : all, alerts);
    }

    Bucket with(Alert alert) {
        List<Alert> all = new ArrayList<>(alerts);
        all.add(alert);
        return new Bucket(seen, attempts, all);
    }
}
