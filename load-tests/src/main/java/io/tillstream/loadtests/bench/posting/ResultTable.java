package io.tillstream.loadtests.bench.posting;

import java.io.PrintStream;
import java.util.Locale;

/** The race as a table in Markdown. */
final class ResultTable {
    private ResultTable() {}

    static void print(PrintStream out, PostingResult result) {
        out.println(
                "| contender | events/s (min - max) | CPU s/M events (application, broker) | bytes/event | resident MB"
                        + " | p50 / p99 / p99.9 ms | runs |");
        out.println("|---|---|---|---|---|---|---|");
        result.contenders().forEach((name, found) -> {
            if (found.hasRuns()) {
                out.println(row(name, found));
            }
        });
        out.println();
        result.ratios().forEach((key, value) -> out.println("ratio " + key + ": " + value));
        result.lines().forEach(out::println);
        result.failures().forEach(failure -> out.println("NO RESULT " + failure));
    }

    private static String row(String name, ContenderResult found) {
        ContenderResult.Spread speed = found.eventsPerSecond();
        Latency latency = found.latency();
        String delays = latency == null
                ? "-"
                : latency.p50Ms() + " / " + latency.p99Ms() + " / " + latency.p999Ms() + " at "
                        + String.format(Locale.ROOT, "%,.0f/s", latency.eventsPerSecond());
        return String.format(
                Locale.ROOT,
                "| %s (%s) | %,.0f (%,.0f - %,.0f) | %.1f, %.1f | %.0f | %.0f | %s | %d |",
                name,
                found.best(),
                speed.median(),
                speed.min(),
                speed.max(),
                found.spread(Run::applicationCpuSeconds).median(),
                found.spread(Run::brokerCpuSeconds).median(),
                found.spread(Run::bytesPerEvent).median(),
                found.spread(Run::residentMegabytes).median(),
                delays,
                found.count());
    }
}
