package io.tillstream.streams.detection;

import io.tillstream.streams.detection.Bucket.Alert;
import java.util.ArrayList;
import java.util.List;

/**
 * The buckets around one attempt: the one before, its own, and two after, which are there only when the attempt is late.
 * A run that it completes ends at most one window after it, and an alert within a window of that end lies in these four.
 */
final class Surroundings {
    private static final int BEFORE = 1;
    private static final int COUNT = 4;

    private final Subject subject;
    private final BucketStore store;
    private final long windowMillis;
    private final long firstMillis;
    private final Bucket[] buckets = new Bucket[COUNT];

    Surroundings(Subject subject, long atMillis, long windowMillis, BucketStore store) {
        this.subject = subject;
        this.store = store;
        this.windowMillis = windowMillis;
        this.firstMillis = (Math.floorDiv(atMillis, windowMillis) - BEFORE) * windowMillis;
        for (int i = 0; i < COUNT; i++) {
            long start = startMillis(i);
            buckets[i] = start < 0 ? Bucket.EMPTY : store.get(subject, start);
        }
    }

    /** All kept attempts, in order of time: buckets do not overlap. */
    List<Attempt> attempts() {
        List<Attempt> all = new ArrayList<>();
        for (Bucket bucket : buckets) {
            all.addAll(bucket.attempts());
        }
        return all;
    }

    /** Attempts seen, also those no longer kept. */
    long seen() {
        long seen = 0;
        for (Bucket bucket : buckets) {
            seen += bucket.seen();
        }
        return seen;
    }

    void add(Attempt attempt, int keptMax) {
        int index = index(attempt.atMillis());
        put(index, buckets[index].with(attempt, keptMax));
    }

    /** Remembers that a rule spoke. */
    void add(Alert alert) {
        int index = index(alert.atMillis());
        put(index, buckets[index].with(alert));
    }

    /** Whether the rule spoke less than a window before or after. */
    boolean isAlertedNear(String rule, long atMillis) {
        for (Bucket bucket : buckets) {
            for (Alert alert : bucket.alerts()) {
                if (alert.rule().equals(rule) && Math.abs(alert.atMillis() - atMillis) < windowMillis) {
                    return true;
                }
            }
        }
        return false;
    }

    private int index(long atMillis) {
        return Math.toIntExact((atMillis - firstMillis) / windowMillis);
    }

    private long startMillis(int index) {
        return firstMillis + index * windowMillis;
    }

    private void put(int index, Bucket bucket) {
        buckets[index] = bucket;
        store.put(subject, startMillis(index), bucket);
    }
}
