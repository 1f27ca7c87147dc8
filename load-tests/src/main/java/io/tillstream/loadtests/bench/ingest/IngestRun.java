package io.tillstream.loadtests.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.loadtests.bench.ingest.IngestOptions.Part;
import io.tillstream.loadtests.bench.load.CommittedCheck;
import io.tillstream.loadtests.bench.load.LoadResult;
import java.util.Locale;
import java.util.Map;

/**
 * One run.
 *
 * @param publisher {@link #KAFKA} or {@link #AT_ONCE}
 * @param load settings of the load
 * @param tenantLimit events a second of each city
 * @param found by the load
 * @param check against the topic; null without Kafka
 * @param serverCpuMicros of the server for each event accepted, warm-up included; likewise the broker's
 */
record IngestRun(
        Part part,
        String publisher,
        Map<String, Object> load,
        int tenantLimit,
        double acceptedPerSecond,
        JsonNode found,
        CommittedCheck.Found check,
        boolean isAnsweredWell,
        double serverCpuMicros,
        double brokerCpuMicros,
        double serverPeakMegabytes) {
    static final String KAFKA = "kafka";
    static final String AT_ONCE = "atOnce";

    /** Of a finished load. */
    static IngestRun of(
            Part part, int tenantLimit, LoadResult load, CommittedCheck.Found check, double[] cpu, long peakBytes) {
        double events = Math.max(1, load.accepted().acceptedCount());
        return new IngestRun(
                part,
                check == null ? AT_ONCE : KAFKA,
                load.settings().asMap(),
                tenantLimit,
                load.acceptedPerSecond(),
                load.found(),
                check,
                load.isAnsweredWell(),
                cpu[0] * 1e6 / events,
                cpu[1] * 1e6 / events,
                peakBytes / 1e6);
    }

    /** Nothing accepted and lost, nothing doubled, no other answers than 202, 429 and 503. */
    public boolean isExact() {
        return isAnsweredWell && (check == null || check.isExact());
    }

    double millis(String percentile) {
        return found.get("acceptedMillisFromDue").get(percentile).asDouble();
    }

    double sentMillis(String percentile) {
        return found.get("acceptedMillisFromSent").get(percentile).asDouble();
    }

    long measured(int status) {
        return found.get("measuredEventsByStatus")
                .path(Integer.toString(status))
                .asLong();
    }

    long unsent() {
        return found.get("unsentEvents").asLong();
    }

    String brief() {
        return String.format(
                Locale.ROOT,
                "%,.0f/s accepted, p99 %.1f ms, CPU us/event server %.0f broker %.0f, answers %s, unsent %d, broken %d, %s",
                acceptedPerSecond,
                millis("p99"),
                serverCpuMicros,
                brokerCpuMicros,
                found.get("eventsByStatus"),
                unsent(),
                found.get("brokenRequests").asLong(),
                check == null ? "no topic" : check.toString());
    }
}
