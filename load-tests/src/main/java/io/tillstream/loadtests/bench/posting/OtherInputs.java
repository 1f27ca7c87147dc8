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
                    keep(measured, "zipf" + (int) zipf, speeds);
                });
            }
        }
        if (speeds.size() == 2) {
            result.put("skew", Map.of("uniform", speeds.get("zipf0"), "zipf2", speeds.get("zipf2")));
            result.ratio("zipf2", Race.median(speeds.get("zipf2")) / Race.median(speeds.get("zipf0")));
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
        for (long payments : new long[] {options.stateSmall(), options.stateLarge()}) {
            track.in("state of " + payments, options.stateHeapMegabytes(), place -> {
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
        result.put("state", rows);
        List<Double> few = speeds.get("state" + options.stateSmall());
        List<Double> many = speeds.get("state" + options.stateLarge());
        if (few != null && many != null) {
            result.ratio("state50M", Race.median(many) / Race.median(few));
        }
        result.write();
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
