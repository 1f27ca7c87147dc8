package io.tillstream.loadtests.bench.pipeline;

import io.tillstream.loadtests.bench.stage.BenchDirectories;
import io.tillstream.loadtests.bench.stage.BenchFiles;
import io.tillstream.loadtests.bench.stage.ResultFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench pipeline}. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "Holds a load from HTTP to database and files; a table on standard output, JSON in a file.",
        showDefaultValues = true)
public final class PipelineCommand implements Callable<Integer> {
    private static final int SECONDS_PER_MINUTE = 60;

    @Option(names = "--minutes", description = "How long the rate is held.", defaultValue = "5")
    private double minutes;

    @Option(names = "--rate", description = "Events a second to hold; 0 lets a ramp find them.", defaultValue = "0")
    private double perSecond;

    @Option(
            names = "--ramp-from",
            description = "First rate of the ramp; each step adds a quarter.",
            defaultValue = "500")
    private double rampFrom;

    @Option(names = "--ramp-seconds", description = "Seconds of each step.", defaultValue = "20")
    private int rampSeconds;

    @Option(names = "--share", description = "Share of the ramp's last good rate that is held.", defaultValue = "0.85")
    private double share;

    @Option(names = "--tenants", description = "Cities that send.", defaultValue = "50")
    private int tenants;

    @Option(names = "--lines", description = "Events of a batch; 0 sends single events.", defaultValue = "0")
    private int lines;

    @Option(
            names = "--connections",
            description = "Connections of the load; at most 8 with batches.",
            defaultValue = "256")
    private int connections;

    @Option(names = "--heap", description = "Megabytes of each service's heap.", defaultValue = "1024")
    private int heapMegabytes;

    @Mixin
    private BenchFiles files;

    @Override
    public Integer call() {
        try (BenchDirectories directories = files.open(ResultFile.named("pipeline"))) {
            PipelineOptions options = new PipelineOptions(
                    directories.home(),
                    directories.work(),
                    directories.out(),
                    (int) Math.max(1, Math.round(minutes * SECONDS_PER_MINUTE)),
                    perSecond,
                    rampFrom,
                    rampSeconds,
                    share,
                    tenants,
                    lines,
                    connections,
                    heapMegabytes);
            return new PipelineBench(options).run() ? 0 : 1;
        }
    }
}
