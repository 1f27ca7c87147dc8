package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.plot.LinePlot;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.bench.stage.ResultFile;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Posting at every point of every curve, each point with an input of its own; a picture for each curve. The broker is warmed up before
 * the first; points of several curves that are set up alike are the same runs.
 */
final class CurvesBench {
    /**
     * What to measure.
     *
     * @param home the working tree
     * @param work a directory for the clusters' data
     * @param out the result's file; the pictures lie beside it
     * @param runs of each point, one after the other
     * @param states payments in the state, along their curve
     * @param stateHeapMegabytes of posting's JVM at the points of that curve
     */
    record Options(
            Path home,
            Path work,
            Path out,
            List<Curve> curves,
            long events,
            int runs,
            int commitIntervalMs,
            long seed,
            List<Long> states,
            int heapMegabytes,
            int stateHeapMegabytes) {
        Options {
            curves = List.copyOf(curves);
            states = List.copyOf(states);
            if (events < 20_000 || runs < 1 || states.stream().anyMatch(each -> each < 1)) {
                throw new IllegalArgumentException("events must be at least 20,000, runs and states at least 1");
            }
        }
    }

    private static final Set<String> TOPICS =
            Arrays.stream(Topics.values()).map(Topics::topicName).collect(Collectors.toUnmodifiableSet());

    private final Options options;
    private final ResultFile result;
    private final Map<String, Object> curves = new LinkedHashMap<>();
    private final Map<Curve.Setup, List<Run>> measured = new LinkedHashMap<>();
    private int places;

    CurvesBench(Options options) {
        this.options = options;
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("events", options.events());
        settings.put("runs", options.runs());
        settings.put("seed", options.seed());
        settings.put("usual", Curve.Setup.USUAL);
        settings.put("commitIntervalMs", options.commitIntervalMs());
        settings.put("heapMegabytes", options.heapMegabytes());
        settings.put("stateHeapMegabytes", options.stateHeapMegabytes());
        settings.put("measured", ThroughputRun.MEASURED);
        result = new ResultFile("curves", options.home(), options.out(), settings);
        result.put("curves", curves);
    }

    /** Runs all. False if a run failed or its check did. */
    boolean run() {
        System.out.println("| curve | x | events/s | min | max | CPU s/M events | runs |");
        System.out.println("|---|---|---|---|---|---|---|");
        try (BenchCluster cluster = BenchCluster.start(options.work().resolve("cluster"))) {
            point(cluster, "warm-up of the broker", Curve.Setup.USUAL, 1);
            options.curves().forEach(curve -> measure(cluster, curve));
        }
        result.failures().forEach(failure -> System.out.println("NO RESULT " + failure));
        System.out.println("Written to " + options.out() + " and beside it");
        return result.failures().isEmpty();
    }

    private void measure(BenchCluster cluster, Curve curve) {
        List<Object> rows = new ArrayList<>();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("unit", curve.unit());
        described.put("points", rows);
        curves.put(curve.key(), described);
        String title = String.format(
                Locale.ROOT, "Posting by %s (median of %d, bars min to max)", curve.title(), options.runs());
        LinePlot plot = new LinePlot(title, curve.unit(), "throughput [events/s]", curve.isLogarithmic());
        for (long x : curve.points(options.states())) {
            List<Run> runs = measured.computeIfAbsent(
                    curve.at(x), setup -> point(cluster, curve.key() + " " + x, setup, options.runs()));
            if (!runs.isEmpty()) {
                add(curve, x, runs, rows, plot);
            }
            result.write();
        }
        if (!rows.isEmpty()) {
            plot.write(picture(curve));
        }
    }

    private Path picture(Curve curve) {
        String name = String.valueOf(options.out().getFileName()).replaceFirst("\\.json$", "");
        String stem = name.startsWith("curves")
                ? "curves-" + curve.key() + name.substring("curves".length())
                : name + "-" + curve.key();
        return options.out().resolveSibling(stem + ".svg");
    }

    private static void add(Curve curve, long x, List<Run> runs, List<Object> rows, LinePlot plot) {
        ResultFile.Spread speed =
                ResultFile.Spread.of(runs.stream().map(Run::eventsPerSecond).toList());
        ResultFile.Spread cpu = ResultFile.Spread.of(
                runs.stream().map(Run::applicationCpuSeconds).toList());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("x", x);
        row.put("eventsPerSecond", speed);
        row.put("applicationCpuSecondsPerMillion", cpu);
        row.put("setup", curve.at(x));
        row.put("runs", runs);
        rows.add(row);
        plot.add(new LinePlot.Point(x, speed.median(), speed.min(), speed.max()));
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %,d %s | %,.0f | %,.0f | %,.0f | %.1f | %d |",
                curve.title(),
                x,
                curve.unit(),
                speed.median(),
                speed.min(),
                speed.max(),
                cpu.median(),
                runs.size()));
    }

    /** The runs that were exact; a failure is kept as one, and the benchmark goes on. */
    private List<Run> point(BenchCluster cluster, String what, Curve.Setup setup, int count) {
        List<Run> runs = new ArrayList<>();
        try {
            Input input = Input.fill(cluster, setup.shape(), options.seed(), options.events(), setup.partitions());
            for (int number = 0; number < count; number++) {
                Run run = run(cluster, input, setup);
                Track.say(String.format(
                        Locale.ROOT,
                        "%s: %,.0f/s, exact: %s",
                        what,
                        run.eventsPerSecond(),
                        run.check().exact()));
                if (run.check().exact()) {
                    runs.add(run);
                } else {
                    result.failed(what + ", check", run.check().found());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            Track.say(what + " failed: " + e);
            result.failed(what, String.valueOf(e.getMessage()));
        } finally {
            // The next point may want other numbers of partitions.
            cluster.topics().delete(TOPICS::contains);
        }
        return runs;
    }

    private Run run(BenchCluster cluster, Input input, Curve.Setup setup) throws IOException {
        int heap = setup.payments() == 0 ? options.heapMegabytes() : options.stateHeapMegabytes();
        String id = "point-" + places++;
        Path directory = Files.createDirectories(options.work().resolve(id));
        Place place = new Place(cluster, directory, id, heap, Place.NO_PADDING, setup.partitions());
        try {
            return run(place, input, setup);
        } finally {
            place.removeDirectory();
        }
    }

    private Run run(Place place, Input input, Curve.Setup setup) {
        TillstreamContender contender =
                setup.payments() == 0 ? TillstreamContender.asItIs() : TillstreamContender.onJournal(setup.payments());
        contender.prepare(place);
        try {
            if (setup.payments() > 0) {
                new JournalFiller(place.cluster(), setup.shape(), options.seed(), setup.partitions())
                        .fill(setup.payments());
            }
            Variant variant = new Variant(setup.threads(), options.commitIntervalMs());
            return new ThroughputRun(place, contender, input).prepared(variant);
        } finally {
            contender.clear(place);
        }
    }
}
