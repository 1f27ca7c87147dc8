package io.tillstream.loadtests.bench.ingest;

import io.tillstream.loadtests.bench.stage.BenchDirectories;
import io.tillstream.loadtests.bench.stage.BenchFiles;
import io.tillstream.loadtests.bench.stage.ResultFile;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench ingest}. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Loads ingest over HTTP, with Kafka and without; a table on standard output, JSON in a file.",
        showDefaultValues = true)
public final class IngestCommand implements Callable<Integer> {
    @Option(
            names = "--parts",
            split = ",",
            description = "Of ${COMPLETION-CANDIDATES}; the last three need the first two for their rates.",
            defaultValue = "SINGLE,BATCH,HALF,TWICE,TWICE_BATCH")
    private List<IngestOptions.Part> parts;

    @Option(names = "--runs", description = "Runs of each part, alternated.", defaultValue = "3")
    private int runs;

    @Option(names = "--warm-up", description = "Seconds of each run that do not count.", defaultValue = "15")
    private int warmUpSeconds;

    @Option(names = "--seconds", description = "Seconds of each run that count.", defaultValue = "20")
    private int measuredSeconds;

    @Option(names = "--tenants", description = "Cities that send.", defaultValue = "50")
    private int tenants;

    @Option(names = "--lines", description = "Events of a batch.", defaultValue = "500")
    private int lines;

    @Option(
            names = "--limit-share",
            description =
                    "The cities' limits together, of the capacity, when single events come at twice the capacity.",
            defaultValue = "0.5")
    private double limitShare;

    @Option(
            names = "--single-capacity",
            description = "Events a second that HALF and TWICE start from; 0 takes what SINGLE found.",
            defaultValue = "0")
    private double singleCapacity;

    @Option(
            names = "--batch-capacity",
            description = "Events a second that TWICE_BATCH starts from; 0 takes what BATCH found.",
            defaultValue = "0")
    private double batchCapacity;

    @Option(names = "--heap", description = "Megabytes of the server's heap.", defaultValue = "1024")
    private int heapMegabytes;

    @Mixin
    private BenchFiles files;

    @Override
    public Integer call() {
        try (BenchDirectories directories = files.open(ResultFile.named("ingest"))) {
            IngestOptions options = new IngestOptions(
                    directories.home(),
                    directories.work(),
                    directories.out(),
                    EnumSet.copyOf(parts),
                    runs,
                    warmUpSeconds,
                    measuredSeconds,
                    tenants,
                    lines,
                    limitShare,
                    singleCapacity,
                    batchCapacity,
                    heapMegabytes);
            return new IngestBench(options).run() ? 0 : 1;
        }
    }
}
