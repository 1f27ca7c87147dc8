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
 * @param answeredWell whether all answers were 202, 429 or 503, and every request had one
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
        boolean answeredWell,
        double serverCpuMicros,
        double brokerCpuMicros,
        double serverPeakMegabytes) {
    static final String KAFKA = "kafka";
    static final String AT_ONCE = "atOnce";

    /** Of a finished load; CPU in seconds. */
    static IngestRun of(
            IngestPlan plan,
            LoadResult load,
            CommittedCheck.Found check,
            double serverCpuSeconds,
            double brokerCpuSeconds,
            long serverPeakBytes) {
        double events = Math.max(1, load.accepted().acceptedCount());
        return new IngestRun(
                plan.part(),
                plan.publisher(),
                load.settings().asMap(),
                plan.tenantLimit(),
                load.acceptedPerSecond(),
                load.found(),
                check,
                load.isAnsweredWell(),
                serverCpuSeconds * 1e6 / events,
                brokerCpuSeconds * 1e6 / events,
                serverPeakBytes / 1e6);
    }

    /** Nothing accepted and lost, nothing doubled, no other answers than 202, 429 and 503. */
    public boolean isExact() {
        return answeredWell && (check == null || check.isExact());
    }

    /** From the moment at which a request was due, of those accepted. */
    double millis(String percentile) {
        return found.get("acceptedMillisFromDue").get(percentile).asDouble();
    }

    /** From the moment at which it was sent. */
    double sentMillis(String percentile) {
        return found.get("acceptedMillisFromSent").get(percentile).asDouble();
    }

    /** Events answered with this status in the measured time. */
    long measured(int status) {
        return found.get("measuredEventsByStatus")
                .path(Integer.toString(status))
                .asLong();
    }

    long unsent() {
        return found.get("unsentEvents").asLong();
    }

    /** Events answered 202 that were looked up in the topic. */
    long checked() {
        return check == null ? 0 : check.accepted();
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
