package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.workload.WorkloadShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts that need an input of their own. */
final class OtherInputs {
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final double LATENCY_LOAD = 0.5;
    private static final long GROWTH_PAYMENTS = 10_000_000;

    private final Track track;
    private final PostingOptions options;
    private final PostingResult result;

    OtherInputs(Track track) {
        this.track = track;
        options = track.options();
        result = track.result();
    }

    /** Posting when one city is most of the input, against cities of one size. */
    void skew() {
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        result.put("skew", speeds);
        for (double zipf : new double[] {0, 2}) {
            WorkloadShape shape = options.shape().withZipf(zipf);
            Input input = track.fill(shape);
            for (int run = 0; run < options.runs(); run++) {
                track.in("Zipf " + zipf + ", run " + run, place -> {
                    Run measured = new ThroughputRun(place, TillstreamContender.asItIs(), input)
                            .run(Race.bestOfPosting(result, options));
                    Track.say("Zipf %.1f: %,.0f/s, exact: %s"
                            .formatted(
                                    zipf,
                                    measured.eventsPerSecond(),
                                    measured.check().exact()));
                    keep(measured, zipf == 0 ? "uniform" : "zipf2", speeds);
                });
            }
        }
        if (speeds.size() == 2) {
            result.ratio("zipf2", Race.median(speeds.get("zipf2")) / Race.median(speeds.get("uniform")));
        }
    }

    private void keep(Run measured, String key, Map<String, List<Double>> speeds) {
        if (measured.check().exact()) {
            speeds.computeIfAbsent(key, k -> new ArrayList<>()).add(measured.eventsPerSecond());
        } else {
            result.failed(key + ", check", measured.check().found());
        }
    }

    /** Each contender that has a maximum, at half of it. */
    void latency() {
        for (String name : options.contenders()) {
            Contender described = Contenders.of(name, options.home());
            ContenderResult found = result.contender(described);
            if (!found.hasRuns()) {
                result.failed(name + ", latency", "needs a maximum: run THROUGHPUT too");
                continue;
            }
            double load = LATENCY_LOAD * found.eventsPerSecond().median();
            track.in(name + ", latency", place -> {
                LatencyRun run = new LatencyRun(
                        place,
                        Contenders.of(name, options.home()),
                        options.shape(),
                        options.seed(),
                        WARM_UP,
                        Duration.ofSeconds(options.latencySeconds()));
                found.latency(run.run(found.best(), load));
                Track.say(name + ": " + found.latency());
            });
        }
    }

    /** Restoring against reading. */
    void restore() {
        track.in("restore", place -> {
            RestoreRun run = new RestoreRun(place, options.shape(), options.seed(), options.runs());
            Restore restore = run.run(Race.bestOfPosting(result, options), options.restoreEntries());
            Track.say(restore.toString());
            result.put("restore", restore);
            result.ratio("restore", restore.ratio());
        });
    }

    /** The longest stop of the thread while the tables grow; no server takes part. */
    void growth() {
        List<Growth> found = new ArrayList<>();
        for (int run = 0; run < options.runs(); run++) {
            track.in("growth, run " + run, place -> {
                Growth growth = GrowthRun.run(place, GROWTH_PAYMENTS);
                Track.say(growth.toString());
                found.add(growth);
            });
        }
        result.put("growth", found);
        result.write();
    }

    /** Kill to next entry. */
    void takeover() {
        List<Takeover> found = new ArrayList<>();
        for (boolean standby : new boolean[] {true, false}) {
            for (int run = 0; run < options.runs(); run++) {
                track.in("takeover, standby: " + standby, place -> {
                    Takeover takeover = new TakeoverRun(place, options.shape(), options.seed())
                            .run(Race.bestOfPosting(result, options), options.restoreEntries(), standby);
                    Track.say(takeover.toString());
                    found.add(takeover);
                    if (!takeover.check().exact()) {
                        result.failed("takeover, check", takeover.check().found());
                    }
                });
            }
        }
        result.put("takeover", found);
        result.write();
    }

    /** Many payments in the state against few, both with the same heap. */
    void state() {
        Input input = track.fill(options.shape());
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        List<Object> rows = new ArrayList<>();
        result.put("state", rows);
        for (int run = 0; run < options.runs(); run++) {
            for (long payments : new long[] {options.stateSmall(), options.stateLarge()}) {
                track.in("state of " + payments + ", run " + run, options.stateHeapMegabytes(), place -> {
                    Run measured = onState(place, input, payments);
                    Track.say("%,d payments in state: %,.0f/s, exact: %s"
                            .formatted(
                                    payments,
                                    measured.eventsPerSecond(),
                                    measured.check().exact()));
                    keep(measured, "state" + payments, speeds);
                    rows.add(Map.of("payments", payments, "run", measured));
                });
            }
        }
        List<Double> few = speeds.get("state" + options.stateSmall());
        List<Double> many = speeds.get("state" + options.stateLarge());
        if (few != null && many != null) {
            result.ratio("state50M", Race.median(many) / Race.median(few));
        }
        result.write();
    }

    /**
     * A state that the heap can't hold, with a limit on rows in memory, against one that holds it all. Both are started again on what
     * they have left, and so is posting without a limit on the small heap, which must not become ready.
     */
    void cold() {
        Input input = track.fill(options.shape());
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        List<Object> rows = new ArrayList<>();
        int small = options.coldHeapMegabytes();
        track.in("cold, all in memory", place -> {
            ColdRun run = coldRun(place, input, 0);
            try {
                run.fill(options.shape(), options.seed(), options.coldPayments());
                keepCold(run.measure(), "whole", speeds, rows);
                ColdRun.Restarted whole = keepCold(run.restart(place.heapMegabytes()), rows);
                Duration atMost = Duration.ofSeconds(60 + (long) (5 * whole.readySeconds()));
                if (keepCold(run.restart(small, atMost), rows).isReady()) {
                    result.failed("cold", "a heap of " + small + " MB holds the state: --cold-payments is too small");
                }
            } finally {
                run.clear();
            }
        });
        track.in("cold, " + options.coldHotRows() + " rows in memory", small, place -> {
            ColdRun run = coldRun(place, input, options.coldHotRows());
            try {
                run.fill(options.shape(), options.seed(), options.coldPayments());
                keepCold(run.measure(), "limited", speeds, rows);
                if (!keepCold(run.restart(small), rows).isReady()) {
                    result.failed("cold", "not restored with a limit");
                }
            } finally {
                run.clear();
            }
        });
        result.put("cold", Map.of("payments", options.coldPayments(), "rows", rows));
        if (speeds.size() == 2) {
            result.ratio("coldState", Race.median(speeds.get("limited")) / Race.median(speeds.get("whole")));
        }
        result.write();
    }

    private ColdRun coldRun(Place place, Input input, int hotRows) {
        return new ColdRun(place, input, Race.bestOfPosting(result, options), options.coldPayments(), hotRows);
    }

    private void keepCold(Run measured, String key, Map<String, List<Double>> speeds, List<Object> rows) {
        keep(measured, key, speeds);
        rows.add(Map.of("posting", key, "run", measured));
        tellCold("cold, %s: %,.0f/s, %d MB resident, exact: %s"
                .formatted(
                        key,
                        measured.eventsPerSecond(),
                        measured.residentMegabytes(),
                        measured.check().exact()));
    }

    private ColdRun.Restarted keepCold(ColdRun.Restarted restarted, List<Object> rows) {
        rows.add(Map.of("restarted", restarted));
        tellCold(
                "cold, restarted, heap %d MB, rows in memory %s: %s after %.1f s, state %d MB in memory, %,d rows in files"
                        .formatted(
                                restarted.heapMegabytes(),
                                restarted.hotRows() == 0 ? "all" : restarted.hotRows() + " a partition",
                                restarted.outcome(),
                                restarted.readySeconds(),
                                restarted.stateBytes() >> 20,
                                restarted.coldRows()));
        return restarted;
    }

    private void tellCold(String line) {
        Track.say(line);
        result.line(line);
    }

    private Run onState(Place place, Input input, long payments) {
        TillstreamContender contender = TillstreamContender.onJournal(payments);
        contender.prepare(place);
        try {
            new JournalFiller(place.cluster(), options.shape(), options.seed()).fill(payments);
            return new ThroughputRun(place, contender, input).prepared(Race.bestOfPosting(result, options));
        } finally {
            contender.clear(place);
        }
    }
}
