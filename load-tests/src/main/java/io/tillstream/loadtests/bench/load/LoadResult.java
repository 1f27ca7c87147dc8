package io.tillstream.loadtests.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a load has found.
 *
 * @param found as LoadTally writes it
 * @param accepted moments of acceptance
 */
public record LoadResult(LoadSettings settings, JsonNode found, AcceptedLog accepted) {
    private static final int HEAP_MEGABYTES = 768;
    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final Duration OVER_TIME = Duration.ofSeconds(90);

    /** Starts a load; it is sending when this returns. */
    public static JvmProcess start(LoadSettings settings) {
        JvmPlan plan = JvmPlan.of(LoadMain.class, HEAP_MEGABYTES).with("-XX:-UseParallelGC", "-XX:+UseSerialGC");
        JvmProcess process = JvmProcess.start(
                "load-" + settings.run(),
                plan,
                Path.of(settings.directory()),
                settings.write().toString());
        try {
            process.awaitLine(Load.STARTED, START_MAX);
            return process;
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Runs a load to its end. */
    public static LoadResult run(LoadSettings settings) {
        try (JvmProcess load = start(settings)) {
            return await(load, settings);
        }
    }

    /** Waits for the end of a load. @throws IllegalStateException if it fails or takes too long */
    public static LoadResult await(JvmProcess load, LoadSettings settings) {
        load.awaitSuccess(OVER_TIME.plusSeconds(settings.warmUpSeconds() + settings.measuredSeconds()));
        try {
            JsonNode found = new ObjectMapper().readTree(settings.resultFile().toFile());
            return new LoadResult(settings, found, AcceptedLog.read(settings.acceptedFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Events a second accepted in the measured time. */
    public double acceptedPerSecond() {
        return found.get("acceptedPerSecond").asDouble();
    }

    /** Percentile of the accepted from the moment at which they were due, in milliseconds; {@code name} like p99. */
    public double acceptedMillis(String name) {
        return found.get("acceptedMillisFromDue").get(name).asDouble();
    }

    /** Requests without an answer. */
    public long broken() {
        return found.get("brokenRequests").asLong();
    }

    /** Whether all answers were 202, 429 or 503, and every request had one. */
    public boolean isAnsweredWell() {
        boolean[] isWell = {broken() == 0};
        found.get("eventsByStatus")
                .fieldNames()
                .forEachRemaining(
                        status -> isWell[0] &= status.equals("202") || status.equals("429") || status.equals("503"));
        return isWell[0];
    }
}
