package io.tillstream.loadtests.bench.ingest;

import io.tillstream.ingest.IngestMain;
import io.tillstream.loadtests.bench.ingest.IngestOptions.Part;
import io.tillstream.loadtests.bench.load.BenchResult;
import io.tillstream.loadtests.bench.load.LoadCluster;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Table of contents of {@code bench ingest}: the capacity by single events and by batches, then what comes of half and of twice of it. */
final class IngestBench {
    private static final int CLOSED_CONNECTIONS = 64;
    private static final int HALF_CONNECTIONS = 256;
    private static final int TWICE_CONNECTIONS = 1_500;
    private static final int BATCH_CONNECTIONS = 8;
    private static final int TWICE_BATCH_CONNECTIONS = 64;
    private static final int PATIENCE_MILLIS = 2_000;
    /** Rate of a limit that nobody reaches. */
    private static final int UNLIMITED = 10_000_000;

    private final IngestOptions options;
    private final BenchResult result;
    private final List<IngestRun> runs = new ArrayList<>();

    IngestBench(IngestOptions options) {
        this.options = options;
        result = new BenchResult("ingest", options.home(), options.out(), settings(options));
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
        settings.put("patienceMillis", PATIENCE_MILLIS);
        settings.put("limitShareAtTwice", options.limitShare());
        settings.put("seed", "none: payments differ by their number alone");
        settings.put(
                "counted",
                "from the moment at which a request was due; at twice, waiting for a connection is bounded by patience");
        return settings;
    }

    /** Runs all parts. False if a run gave no result. */
    boolean run() {
        try (BenchCluster cluster = LoadCluster.start(options.work().resolve("cluster"), options.tenants())) {
            IngestTrack track = new IngestTrack(cluster, options);
            capacity(track);
            double single = capacity(options.singleCapacity(), Part.SINGLE);
            double batch = capacity(options.batchCapacity(), Part.BATCH);
            open(track, single, batch);
        } finally {
            result.put("summary", IngestTable.summary(runs));
            result.write();
        }
        IngestTable.print(System.out, runs, result.failures());
        System.out.println("Written to " + options.out());
        return result.failures().isEmpty();
    }

    private void capacity(IngestTrack track) {
        alternate(run -> {
            if (options.has(Part.SINGLE)) {
                add(
                        Part.SINGLE,
                        IngestRun.KAFKA,
                        () -> track.run(Part.SINGLE, IngestMain.class, UNLIMITED, 0, 0, CLOSED_CONNECTIONS));
                add(
                        Part.SINGLE,
                        IngestRun.AT_ONCE,
                        () -> track.run(Part.SINGLE, AtOnceMain.class, UNLIMITED, 0, 0, CLOSED_CONNECTIONS));
            }
            if (options.has(Part.BATCH)) {
                add(
                        Part.BATCH,
                        IngestRun.KAFKA,
                        () -> track.run(
                                Part.BATCH, IngestMain.class, UNLIMITED, options.lines(), 0, BATCH_CONNECTIONS));
            }
        });
    }

    private void open(IngestTrack track, double single, double batch) {
        int limit = (int) Math.max(1, single * options.limitShare() / options.tenants());
        alternate(run -> {
            if (options.has(Part.HALF) && single > 0) {
                add(
                        Part.HALF,
                        IngestRun.KAFKA,
                        () -> track.run(Part.HALF, IngestMain.class, UNLIMITED, 0, single / 2, HALF_CONNECTIONS));
            }
            if (options.has(Part.TWICE) && single > 0) {
                add(
                        Part.TWICE,
                        IngestRun.KAFKA,
                        () -> track.run(Part.TWICE, IngestMain.class, limit, 0, 2 * single, TWICE_CONNECTIONS));
            }
            if (options.has(Part.TWICE_BATCH) && batch > 0) {
                add(
                        Part.TWICE_BATCH,
                        IngestRun.KAFKA,
                        () -> track.run(
                                Part.TWICE_BATCH,
                                IngestMain.class,
                                UNLIMITED,
                                options.lines(),
                                2 * batch,
                                TWICE_BATCH_CONNECTIONS));
            }
        });
    }

    private void alternate(IntConsumer round) {
        for (int run = 0; run < options.runs(); run++) {
            round.accept(run);
        }
    }

    private void add(Part part, String publisher, java.util.function.Supplier<IngestRun> action) {
        String what = part + " " + publisher;
        try {
            IngestRun run = action.get();
            BenchResult.say(what + ": " + run.brief());
            if (run.isExact()) {
                runs.add(run);
            } else {
                result.failed(what, run.brief());
            }
        } catch (RuntimeException e) {
            result.failed(what, String.valueOf(e.getMessage()));
        }
        result.put("summary", IngestTable.summary(runs));
        result.write();
    }

    private double capacity(double given, Part part) {
        return given > 0
                ? given
                : IngestTable.spread(runs, part, IngestRun.KAFKA).median();
    }

    static int patienceMillis() {
        return PATIENCE_MILLIS;
    }
}
