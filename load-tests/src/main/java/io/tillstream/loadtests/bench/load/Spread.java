package io.tillstream.loadtests.bench.load;

import java.util.Arrays;
import java.util.Collection;

/** Of some runs. */
public record Spread(double median, double min, double max) {
    /** All 0 without runs. */
    public static Spread of(Collection<Double> runs) {
        double[] sorted =
                runs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(0, 0, 0);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElse(0));
    }
}
