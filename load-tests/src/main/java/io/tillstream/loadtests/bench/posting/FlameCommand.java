package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.plot.FlameGraph;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.bench.stage.BenchDirectories;
import io.tillstream.loadtests.bench.stage.BenchFiles;
import io.tillstream.loadtests.bench.stage.Machine;
import io.tillstream.loadtests.bench.stage.ResultFile;
import io.tillstream.loadtests.workload.WorkloadShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench flame}. */
@Command(
        name = "flame",
        mixinStandardHelpOptions = true,
        description = "Draws where posting spends its time, as a flame graph beside a text file of its top frames.",
        showDefaultValues = true)
public final class FlameCommand implements Callable<Integer> {
    private static final int TOP = 40;

    @Option(names = "--contender", description = "tillstream is the only one.", defaultValue = "tillstream")
    private String contender;

    @Option(names = "--events", description = "Events of the input.", defaultValue = "3000000")
    private long events;

    @Option(names = "--threads", description = "Stream threads.", defaultValue = "1")
    private int threads;

    @Option(names = "--commit-interval", description = "Milliseconds between transactions.", defaultValue = "200")
    private int commitIntervalMs;

    @Option(names = "--seed", description = "Of the input.", defaultValue = "1")
    private long seed;

    @Option(names = "--heap", description = "Megabytes of heap.", defaultValue = "2048")
    private int heapMegabytes;

    @Mixin
    private BenchFiles files;

    @Override
    public Integer call() throws IOException {
        if (!contender.equals(Contenders.TILLSTREAM)) {
            throw new IllegalArgumentException("only " + Contenders.TILLSTREAM + " can be recorded");
        }
        Machine machine = Machine.here(ResultFile.home());
        String commit =
                machine.commit().substring(0, Math.min(8, machine.commit().length()));
        Path usual = ResultFile.home().resolve("load-tests/results/flame-" + commit + ".svg");
        try (BenchDirectories directories = files.open(usual);
                BenchCluster cluster = BenchCluster.start(directories.work().resolve("cluster"))) {
            Input input = Input.fill(cluster, WorkloadShape.USUAL, seed, events);
            Path recorded = Files.createDirectories(directories.work().resolve("flame"));
            Place place = new Place(cluster, recorded, "flame", heapMegabytes, Place.NO_PADDING);
            RecordedRun run = new RecordedRun(place, input);
            RecordedRun.Found found = run.run(new Variant(threads, commitIntervalMs));
            if (!found.check().exact()) {
                System.out.println("NO RESULT " + found.check().found());
                return 1;
            }
            String title = String.format(
                    Locale.ROOT,
                    "%s at %s%s, %s, %,d events of seed %d, %,.0f events/s while recorded",
                    contender,
                    commit,
                    machine.changed() ? " (changed)" : "",
                    new Variant(threads, commitIntervalMs),
                    events,
                    seed,
                    found.eventsPerSecond());
            write(found.graph(), directories.out(), title, machine);
            return 0;
        }
    }

    private static void write(FlameGraph graph, Path picture, String title, Machine machine) throws IOException {
        graph.write(picture, title);
        List<String> lines = new ArrayList<>();
        lines.add(title);
        lines.add(machine.processor() + ", " + machine.cores() + " cores, " + machine.java());
        lines.add(graph.samples() + " samples, one of each running Java thread every 10 ms, without the warm-up");
        lines.add(" self %  total %  frame");
        graph.shares().stream()
                .limit(TOP)
                .forEach(share -> lines.add(String.format(
                        Locale.ROOT,
                        "%7.2f  %7.2f  %s",
                        100.0 * share.self() / graph.samples(),
                        100.0 * share.total() / graph.samples(),
                        share.frame())));
        String name = String.valueOf(picture.getFileName());
        Path text = picture.resolveSibling(name.replaceFirst("\\.svg$", "") + ".txt");
        Files.write(text, lines);
        lines.forEach(System.out::println);
        System.out.println("Written to " + picture + " and " + text);
    }
}
