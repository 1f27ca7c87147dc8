package io.tillstream.loadtests.bench.ingest;

import io.tillstream.loadtests.bench.ingest.IngestOptions.Part;
import io.tillstream.loadtests.bench.stage.ResultFile.Spread;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The runs as a table in Markdown, and as medians for the JSON. */
final class IngestTable {
    private static final int ACCEPTED = 202;
    private static final int LIMITED = 429;
    private static final int BUSY = 503;
    private static final double RATIO_WANTED = 0.5;
    private static final int BATCH_WANTED = 100_000;

    private IngestTable() {}

    /** Median; 0 without runs. */
    static double acceptedPerSecond(List<IngestRun> runs, Part part, String publisher) {
        List<IngestRun> found = of(runs, part, publisher);
        return found.isEmpty() ? 0 : spread(found, IngestRun::acceptedPerSecond).median();
    }

    private static Spread spread(List<IngestRun> runs, ToDoubleFunction<IngestRun> value) {
        return Spread.of(runs.stream().map(value::applyAsDouble).toList());
    }

    private static List<IngestRun> of(List<IngestRun> runs, Part part, String publisher) {
        return runs.stream()
                .filter(run -> run.part() == part && run.publisher().equals(publisher))
                .toList();
    }

    static Map<String, Object> summary(List<IngestRun> runs) {
        Map<String, Object> summary = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            for (String publisher : List.of(IngestRun.KAFKA, IngestRun.AT_ONCE)) {
                List<IngestRun> found = of(runs, part, publisher);
                if (!found.isEmpty()) {
                    summary.put(part + " " + publisher, summaryOf(found));
                }
            }
        }
        double ratio = singleToAtOnce(runs);
        if (ratio > 0) {
            summary.put("singleToAtOnce", ratio);
        }
        return summary;
    }

    /** 0 if one of them has no runs. */
    private static double singleToAtOnce(List<IngestRun> runs) {
        double kafka = acceptedPerSecond(runs, Part.SINGLE, IngestRun.KAFKA);
        double atOnce = acceptedPerSecond(runs, Part.SINGLE, IngestRun.AT_ONCE);
        return atOnce > 0 ? Math.round(kafka / atOnce * 1000) / 1000.0 : 0;
    }

    private static Map<String, Object> summaryOf(List<IngestRun> found) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("runs", found.size());
        summary.put("acceptedPerSecond", spread(found, IngestRun::acceptedPerSecond));
        for (String percentile : List.of("p50", "p99", "p99.9", "max")) {
            summary.put("acceptedMillisFromDue " + percentile, spread(found, run -> run.millis(percentile)));
        }
        summary.put("acceptedMillisFromSent p99", spread(found, run -> run.sentMillis("p99")));
        summary.put("serverCpuMicrosPerEvent", spread(found, IngestRun::serverCpuMicros));
        summary.put("brokerCpuMicrosPerEvent", spread(found, IngestRun::brokerCpuMicros));
        for (int status : new int[] {ACCEPTED, LIMITED, BUSY}) {
            summary.put("events answered " + status, spread(found, run -> run.measured(status)));
        }
        summary.put("events unsent", spread(found, IngestRun::unsent));
        return summary;
    }

    static void print(PrintStream out, List<IngestRun> runs, List<String> failures) {
        out.println("| part | publisher | accepted/s (min - max) | p50 / p99 / p99.9 ms | p99 from sent ms"
                + " | CPU us/event (server, broker) | 202, 429, 503, unsent | runs |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (Part part : Part.values()) {
            for (String publisher : List.of(IngestRun.KAFKA, IngestRun.AT_ONCE)) {
                List<IngestRun> found = of(runs, part, publisher);
                if (!found.isEmpty()) {
                    out.println(row(part, publisher, found));
                }
            }
        }
        out.println();
        double ratio = singleToAtOnce(runs);
        if (ratio > 0) {
            out.println("single with Kafka / at once: " + ratio + ", wanted " + RATIO_WANTED);
        }
        double batch = acceptedPerSecond(runs, Part.BATCH, IngestRun.KAFKA);
        if (batch > 0) {
            out.printf(Locale.ROOT, "batch: %,.0f events/s, wanted %,d%n", batch, BATCH_WANTED);
        }
        long checked = runs.stream().mapToLong(IngestRun::checked).sum();
        out.printf(Locale.ROOT, "%,d events answered 202 were looked up: none lost, none doubled%n", checked);
        failures.forEach(failure -> out.println("NO RESULT " + failure));
    }

    private static String row(Part part, String publisher, List<IngestRun> found) {
        Spread rate = spread(found, IngestRun::acceptedPerSecond);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f (%,.0f - %,.0f) | %.1f / %.1f / %.1f | %.1f | %.0f, %.0f | %,.0f, %,.0f, %,.0f, %,.0f | %d |",
                part,
                publisher,
                rate.median(),
                rate.min(),
                rate.max(),
                spread(found, run -> run.millis("p50")).median(),
                spread(found, run -> run.millis("p99")).median(),
                spread(found, run -> run.millis("p99.9")).median(),
                spread(found, run -> run.sentMillis("p99")).median(),
                spread(found, IngestRun::serverCpuMicros).median(),
                spread(found, IngestRun::brokerCpuMicros).median(),
                spread(found, run -> run.measured(ACCEPTED)).median(),
                spread(found, run -> run.measured(LIMITED)).median(),
                spread(found, run -> run.measured(BUSY)).median(),
                spread(found, IngestRun::unsent).median(),
                found.size());
    }
}
