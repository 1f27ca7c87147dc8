package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.BenchDirectories;
import io.tillstream.loadtests.bench.stage.BenchFiles;
import io.tillstream.loadtests.bench.stage.ResultFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench curves}. */
@Command(
        name = "curves",
        mixinStandardHelpOptions = true,
        description = "Measures how posting's speed changes with tenants, state, partitions, threads and duplicates;"
                + " a table, JSON, and a picture for each.",
        showDefaultValues = true)
public final class CurvesCommand implements Callable<Integer> {
    @Option(
            names = "--curves",
            split = ",",
            description = "Of ${COMPLETION-CANDIDATES}.",
            defaultValue = "TENANTS,STATE,PARTITIONS,THREADS,DUPLICATES")
    private List<Curve> curves;

    @Option(names = "--events", description = "Events of each run.", defaultValue = "2000000")
    private long events;

    @Option(names = "--runs", description = "Runs of each point.", defaultValue = "3")
    private int runs;

    @Option(names = "--commit-interval", description = "Milliseconds between transactions.", defaultValue = "200")
    private int commitIntervalMs;

    @Option(names = "--seed", description = "Of the input.", defaultValue = "1")
    private long seed;

    @Option(
            names = "--states",
            split = ",",
            description = "Payments in the state, ascending.",
            defaultValue = "100000,1000000,10000000")
    private List<Long> states;

    @Option(names = "--heap", description = "Megabytes of posting's heap.", defaultValue = "2048")
    private int heapMegabytes;

    @Option(names = "--state-heap", description = "The same, for the curve of the state.", defaultValue = "6144")
    private int stateHeapMegabytes;

    @Mixin
    private BenchFiles files;

    @Override
    public Integer call() {
        try (BenchDirectories directories = files.open(ResultFile.named("curves"))) {
            CurvesBench.Options options = new CurvesBench.Options(
                    directories.home(),
                    directories.work(),
                    directories.out(),
                    curves,
                    events,
                    runs,
                    commitIntervalMs,
                    seed,
                    states,
                    heapMegabytes,
                    stateHeapMegabytes);
            return new CurvesBench(options).run() ? 0 : 1;
        }
    }
}
