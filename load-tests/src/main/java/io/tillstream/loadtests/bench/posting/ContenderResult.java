package io.tillstream.loadtests.bench.posting;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What has been measured of one contender. */
final class ContenderResult {
    /** Middle, least and most of some runs. */
    record Spread(double median, double min, double max) {
        static Spread of(double... values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
        }
    }

    private final String does;
    private final String lacks;
    private final Map<String, Double> sweptEventsPerSecond = new LinkedHashMap<>();
    private final List<Run> runs = new ArrayList<>();
    private CheckResult afterKill;
    private Latency latency;
    private Variant best;

    ContenderResult(Contender contender) {
        does = contender.does();
        lacks = contender.lacks();
    }

    /** What it does and what it does not, for readers of the file. */
    @JsonProperty
    String does() {
        return does;
    }

    @JsonProperty
    String lacks() {
        return lacks;
    }

    @JsonProperty
    Map<String, Double> sweptEventsPerSecond() {
        return sweptEventsPerSecond;
    }

    @JsonProperty
    List<Run> runs() {
        return runs;
    }

    @JsonProperty
    CheckResult afterKill() {
        return afterKill;
    }

    void swept(Variant variant, double eventsPerSecond) {
        sweptEventsPerSecond.put(variant.toString(), eventsPerSecond);
    }

    void best(Variant variant) {
        best = variant;
    }

    /** The variant that runs. */
    Variant best() {
        return best;
    }

    void add(Run run) {
        runs.add(run);
    }

    void afterKill(CheckResult check) {
        afterKill = check;
    }

    void latency(Latency measured) {
        latency = measured;
    }

    @JsonProperty
    Latency latency() {
        return latency;
    }

    boolean hasRuns() {
        return !runs.isEmpty();
    }

    int count() {
        return runs.size();
    }

    /** Of the runs; only with {@link #hasRuns}. */
    @JsonProperty
    Spread eventsPerSecond() {
        return runs.isEmpty() ? null : spread(Run::eventsPerSecond);
    }

    Spread spread(ToDoubleFunction<Run> figure) {
        return Spread.of(runs.stream().mapToDouble(figure).toArray());
    }
}
