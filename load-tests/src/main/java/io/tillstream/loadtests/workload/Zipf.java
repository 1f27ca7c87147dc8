package io.tillstream.loadtests.workload;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws 0 to n - 1 with probability proportional to 1 / (rank + 1)^s; s = 0 is uniform. */
final class Zipf {
    private final double[] upTo;

    Zipf(int n, double s) {
        upTo = new double[n];
        double sum = 0;
        for (int rank = 0; rank < n; rank++) {
            sum += Math.pow(rank + 1, -s);
            upTo[rank] = sum;
        }
        for (int rank = 0; rank < n; rank++) {
            upTo[rank] /= sum;
        }
    }

    int next(SplittableRandom random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble());
        return Math.min(found >= 0 ? found : -found - 1, upTo.length - 1);
    }
}
