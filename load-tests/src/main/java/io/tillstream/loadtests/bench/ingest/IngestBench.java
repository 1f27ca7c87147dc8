package io.tillstream.loadtests.bench.ingest;

import io.tillstream.loadtests.bench.ingest.IngestOptions.Part;
import io.tillstream.loadtests.bench.load.LoadCluster;
import io.tillstream.loadtests.bench.load.Progress;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.bench.stage.ResultFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Table of contents of {@code bench ingest}: the capacity by single events and by batches, then what comes of half and of twice of it. */
final class IngestBench {
    private final IngestOptions options;
    private final ResultFile result;
    private final List<IngestRun> runs = new ArrayList<>();

    IngestBench(IngestOptions options) {
        this.options = options;
        result = new ResultFile("ingest", options.home(), options.out(), settings(options));
        result.put("runs", runs);
    }

    private static Map<String, Object> settings(IngestOptions options) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("runs", options.runs());
        settings.put("warmUpSeconds", options.warmUpSeconds());
        settings.put("measuredSeconds", options.measuredSeconds());
        settings.put("tenants", options.tenants());
        settings.put("linesOfABatch", options.lines());
        settings.put("partitions", LoadCluster.PARTITIONS);
        settings.put("brokers", 1);
        settings.put("acks", "all");
        settings.put("serverHeapMegabytes", options.heapMegabytes());
        settings.put("patienceMillis", IngestTrack.PATIENCE_MILLIS);
        settings.put("limitShareAtTwice", options.limitShare());
        settings.put("seed", "none: payments differ by their number alone");
        settings.put(
                "latency",
                "from the moment at which a request was due; who finds no connection within patience is unsent");
        return settings;
    }

    /** Runs all parts. False if a run gave no result. */
    boolean run() {
        try (BenchCluster cluster = LoadCluster.start(options.work().resolve("cluster"), options.tenants())) {
            IngestTrack track = new IngestTrack(cluster, options);
            alternate(track, IngestPlan.capacity(options));
            List<IngestPlan> open = new ArrayList<>();
            double single = capacity(options.singleCapacity(), Part.SINGLE);
            if (single > 0) {
                open.addAll(IngestPlan.ofSingle(options, single));
            }
            double batch = capacity(options.batchCapacity(), Part.BATCH);
            if (batch > 0) {
                open.addAll(IngestPlan.ofBatch(options, batch));
            }
            alternate(track, open);
        } finally {
            write();
        }
        IngestTable.print(System.out, runs, result.failures());
        System.out.println("Written to " + options.out());
        return result.failures().isEmpty();
    }

    private void alternate(IngestTrack track, List<IngestPlan> plans) {
        for (int round = 0; round < options.runs(); round++) {
            plans.forEach(plan -> add(track, plan));
        }
    }

    /** A run that fails, or is not exact, is told and gives no result; the benchmark goes on. */
    private void add(IngestTrack track, IngestPlan plan) {
        String what = plan.part() + " " + plan.publisher();
        try {
            IngestRun run = track.run(plan);
            Progress.say(what + ": " + run.brief());
            if (run.isExact()) {
                runs.add(run);
            } else {
                result.failed(what, run.brief());
            }
        } catch (RuntimeException e) {
            Progress.say(what + " failed: " + e);
            result.failed(what, String.valueOf(e.getMessage()));
        }
        write();
    }

    private void write() {
        result.put("summary", IngestTable.summary(runs));
        result.write();
    }

    private double capacity(double given, Part part) {
        return given > 0 ? given : IngestTable.acceptedPerSecond(runs, part, IngestRun.KAFKA);
    }
}
