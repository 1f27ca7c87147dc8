package io.tillstream.loadtests.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What a load has counted: answers by status over the whole load, throughput and latencies of the measured time. */
final class LoadTally {
    private static final long HIGHEST_MICROS = 120_000_000;
    static final int ACCEPTED = 202;

    private final long fromNanos;
    private final long toNanos;
    private final Map<Integer, Long> eventsByStatus = new TreeMap<>();
    private final Map<Integer, Long> measuredByStatus = new TreeMap<>();
    private final Histogram fromDue = new Histogram(HIGHEST_MICROS, 3);
    private final Histogram fromSent = new Histogram(HIGHEST_MICROS, 3);
    private final Histogram refused = new Histogram(HIGHEST_MICROS, 3);
    private long sentEvents;
    private long unsentEvents;
    private long brokenRequests;
    private long acceptedEvents;

    LoadTally(long fromNanos, long toNanos) {
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
    }

    void sent(int events) {
        sentEvents += events;
    }

    void unsent(long dueNanos, int events) {
        if (dueNanos - fromNanos >= 0) {
            unsentEvents += events;
        }
    }

    void broken() {
        brokenRequests++;
    }

    void answered(int status, int events, long nowNanos) {
        eventsByStatus.merge(status, (long) events, Long::sum);
        if (status == ACCEPTED) {
            acceptedEvents += events;
        }
        if (nowNanos - fromNanos >= 0 && nowNanos - toNanos < 0) {
            measuredByStatus.merge(status, (long) events, Long::sum);
        }
    }

    /** One request's time; a batch counts as accepted if any of its lines is. */
    void took(boolean isAccepted, long dueNanos, long sentNanos, long nowNanos) {
        if (dueNanos - fromNanos < 0 || dueNanos - toNanos >= 0) {
            return;
        }
        if (isAccepted) {
            record(fromDue, nowNanos - dueNanos);
            record(fromSent, nowNanos - sentNanos);
        } else {
            record(refused, nowNanos - dueNanos);
        }
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, nanos / 1000)));
    }

    long acceptedEvents() {
        return acceptedEvents;
    }

    Map<String, Object> asMap() {
        double seconds = (toNanos - fromNanos) / 1e9;
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("measuredSeconds", seconds);
        map.put("acceptedPerSecond", measuredByStatus.getOrDefault(ACCEPTED, 0L) / seconds);
        map.put("measuredEventsByStatus", measuredByStatus);
        map.put("eventsByStatus", eventsByStatus);
        map.put("sentEvents", sentEvents);
        map.put("unsentEvents", unsentEvents);
        map.put("brokenRequests", brokenRequests);
        map.put("acceptedMillisFromDue", millis(fromDue));
        map.put("acceptedMillisFromSent", millis(fromSent));
        map.put("refusedMillisFromDue", millis(refused));
        return map;
    }

    private static Map<String, Object> millis(Histogram micros) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("count", micros.getTotalCount());
        map.put("p50", micros.getValueAtPercentile(50) / 1000.0);
        map.put("p99", micros.getValueAtPercentile(99) / 1000.0);
        map.put("p99.9", micros.getValueAtPercentile(99.9) / 1000.0);
        map.put("max", micros.getMaxValue() / 1000.0);
        return map;
    }
}
