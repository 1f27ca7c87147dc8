package io.tillstream.local.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long each part of a run took. */
final class Phases {
    private final long startNs = System.nanoTime();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long phaseNs = startNs;

    /** Ends the phase that began with the end of the last one. */
    synchronized double end(String name) {
        long now = System.nanoTime();
        double took = rounded(now - phaseNs);
        seconds.merge(name, took, Double::sum);
        phaseNs = now;
        return took;
    }

    /** Seconds by phase, in order. */
    synchronized Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }

    /** Seconds since the start. */
    double total() {
        return rounded(System.nanoTime() - startNs);
    }

    private static double rounded(long ns) {
        return Math.round(ns / 1e8) / 10.0;
    }
}
