package io.tillstream.loadtests.bench.pipeline;

import io.tillstream.loadtests.bench.load.LoadCluster;
import io.tillstream.loadtests.bench.load.LoadSettings;
import io.tillstream.loadtests.bench.load.Progress;
import io.tillstream.loadtests.bench.stage.ResultFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Table of contents of {@code bench pipeline}: all services, a ramp that finds the rate, the rate held, rows and latencies, the day's end. */
final class PipelineBench {
    private static final double RAMP_FACTOR = 1.25;
    private static final int RAMP_STEPS_MAX = 20;
    private static final int RAMP_WARM_UP_SECONDS = 5;
    private static final int HELD_WARM_UP_SECONDS = 20;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Duration REST_MAX = Duration.ofMinutes(2);
    private static final Duration DRAIN_MAX = Duration.ofMinutes(5);

    private final PipelineOptions options;
    private final ResultFile result;
    private final List<Map<String, Object>> ramp = new ArrayList<>();
    private long acceptedBefore;

    PipelineBench(PipelineOptions options) {
        this.options = options;
        result = new ResultFile("pipeline", options.home(), options.out(), settings(options));
        result.put("ramp", ramp);
    }

    private static Map<String, Object> settings(PipelineOptions options) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("heldSeconds", options.heldSeconds());
        settings.put("warmUpSeconds", HELD_WARM_UP_SECONDS);
        settings.put("tenants", options.tenants());
        settings.put("connections", options.connections());
        settings.put("partitions", LoadCluster.PARTITIONS);
        settings.put("heapMegabytesOfEachService", options.heapMegabytes());
        settings.put("database", PipelineStage.DATABASE);
        settings.put("linesOfABatch", options.lines());
        settings.put("shareOfTheRamp", options.share());
        settings.put("seed", "none: payments differ by their number alone");
        settings.put(
                "latency",
                "from the client's having its 202 to the commit time of the row's transaction, warm-up left out");
        return settings;
    }

    /** Runs all. False if the rate was not sustained or something is not exact. */
    boolean run() {
        try (PipelineStage stage = PipelineStage.start(options);
                Lag lag = new Lag(stage)) {
            Progress.say("All services are ready");
            lag.begin(REST_MAX);
            double rate = options.perSecond() > 0 ? options.perSecond() : options.share() * ramp(stage, lag);
            result.put("heldPerSecond", rate);
            Progress.say(String.format(Locale.ROOT, "Holding %,.0f events/s for %d s", rate, options.heldSeconds()));
            Hold hold = Hold.run(stage, lag, load(stage, "h-", rate, HELD_WARM_UP_SECONDS, options.heldSeconds()));
            double drainSeconds = lag.drain(DRAIN_MAX);
            StoredCheck.Found stored = stored(stage, hold);
            long events = lag.sample().events();
            put(hold, stored, drainSeconds);
            DayEnd.Found end = new DayEnd(stage).run();
            result.put("dayEnd", end);
            judge(hold, stored, end, events);
            PipelineTable.print(System.out, rate, hold, stored, end, result.failures());
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not answer", e);
        } finally {
            result.write();
        }
        System.out.println("Written to " + options.out());
        return result.failures().isEmpty();
    }

    /** The last rate of which the lag did not grow. */
    private double ramp(PipelineStage stage, Lag lag) {
        double good = 0;
        double rate = options.rampFrom();
        for (int step = 0; step < RAMP_STEPS_MAX; step++) {
            Hold hold = Hold.run(
                    stage, lag, load(stage, "r" + step + "-", rate, RAMP_WARM_UP_SECONDS, options.rampSeconds()));
            acceptedBefore += hold.load().accepted().acceptedCount();
            double drainSeconds = lag.drain(DRAIN_MAX);
            boolean isGood = hold.isSustained();
            ramp.add(step(rate, hold, drainSeconds, isGood));
            result.write();
            Progress.say(String.format(
                    Locale.ROOT,
                    "Ramp %,.0f/s: %,.0f/s accepted, lag at most %d, growing by %.0f/s, drained in %.1f s%s",
                    rate,
                    hold.load().acceptedPerSecond(),
                    hold.lagMax(),
                    hold.lagGrowthPerSecond(),
                    drainSeconds,
                    isGood ? "" : ": too much"));
            // The first steps also warm the services up.
            if (!isGood && step > 1) {
                break;
            }
            good = isGood ? rate : good;
            rate *= RAMP_FACTOR;
        }
        if (good == 0) {
            throw new IllegalStateException("Not even " + options.rampFrom() + " events/s were sustained");
        }
        return good;
    }

    private LoadSettings load(PipelineStage stage, String run, double rate, int warmUpSeconds, int seconds) {
        return new LoadSettings(
                stage.ingestPort(),
                options.lines(),
                rate,
                options.connections(),
                options.tenants(),
                run,
                warmUpSeconds,
                seconds,
                PATIENCE_MILLIS,
                options.work().toString());
    }

    private static StoredCheck.Found stored(PipelineStage stage, Hold hold) throws SQLException {
        try (Connection connection = stage.connection()) {
            return StoredCheck.of(hold.load(), connection);
        }
    }

    private static Map<String, Object> step(double rate, Hold hold, double drainSeconds, boolean isGood) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("perSecond", rate);
        step.put("acceptedPerSecond", hold.load().acceptedPerSecond());
        step.put("lagMax", hold.lagMax());
        step.put("lagGrowthPerSecond", hold.lagGrowthPerSecond());
        step.put("drainSeconds", drainSeconds);
        step.put("sustained", isGood);
        return step;
    }

    private void put(Hold hold, StoredCheck.Found stored, double drainSeconds) {
        result.put("acceptedPerSecond", hold.load().acceptedPerSecond());
        result.put("load", hold.load().found());
        result.put("lagGrowthPerSecond", hold.lagGrowthPerSecond());
        result.put("lagMax", hold.lagMax());
        result.put("drainSeconds", drainSeconds);
        result.put("stored", stored);
        result.put("cpuSeconds", hold.cpuSeconds());
        result.put("peakMegabytes", hold.peakMegabytes());
        result.put("lagBySecond", hold.lag());
        result.write();
    }

    /** @param events that all loads together have left in payments.events */
    private void judge(Hold hold, StoredCheck.Found stored, DayEnd.Found end, long events) {
        if (!hold.isSustained()) {
            result.failed("rate", "the lag grew or not all was accepted");
        }
        if (!stored.isExact()) {
            result.failed("rows", stored.toString());
        }
        long accepted = acceptedBefore + stored.accepted();
        String counts = end.databaseEvents() + " events in the database, " + events + " in the topic, " + accepted
                + " answered 202 by all loads";
        result.put("counts", counts);
        // An event without an answer may be in the topic; one with a 202 must be.
        if (end.databaseEvents() != events || events < accepted) {
            result.failed("counts", counts);
        }
        if (!end.holds()) {
            result.failed("invariants", end.toString());
        }
    }
}
