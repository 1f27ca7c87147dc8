package io.tillstream.loadtests.bench.pipeline;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The result as a table in Markdown. */
final class PipelineTable {
    private PipelineTable() {}

    static void print(
            PrintStream out,
            double rate,
            Hold hold,
            StoredCheck.Found stored,
            DayEnd.Found end,
            List<String> failures) {
        out.println("| figure | value |");
        out.println("|---|---|");
        row(out, "events/s due", "%,.0f", rate);
        row(out, "events/s accepted", "%,.0f", hold.load().acceptedPerSecond());
        row(out, "seconds held", "%d", hold.lag().size());
        row(out, "lag at most, events", "%,d", hold.lagMax());
        row(out, "lag grew by, events/s", "%.1f", hold.lagGrowthPerSecond());
        row(out, "accept ms from due, p50 / p99 / p99.9", "%.1f / %.1f / %.1f", percentiles(hold));
        StoredCheck.Millis millis = stored.millisToCommit();
        row(
                out,
                "202 to row committed ms, p50 / p99 / p99.9",
                "%.1f / %.1f / %.1f",
                millis.p50(),
                millis.p99(),
                millis.p999());
        row(
                out,
                "accepted / stored / lost / doubled",
                "%,d / %,d / %d / %d",
                stored.accepted(),
                stored.stored(),
                stored.lost(),
                stored.doubled());
        row(out, "days closed, files, seconds", "%d, %d, %.1f", end.days(), end.files(), end.filesSeconds());
        hold.cpuSeconds().forEach((name, seconds) -> row(out, "CPU s " + name, "%.1f", seconds));
        out.println();
        failures.forEach(failure -> out.println("NO RESULT " + failure));
    }

    private static Object[] percentiles(Hold hold) {
        return new Object[] {
            hold.load().acceptedMillis("p50"),
            hold.load().acceptedMillis("p99"),
            hold.load().acceptedMillis("p99.9")
        };
    }

    private static void row(PrintStream out, String name, String format, Object... values) {
        out.println("| " + name + " | " + String.format(Locale.ROOT, format, values) + " |");
    }
}
