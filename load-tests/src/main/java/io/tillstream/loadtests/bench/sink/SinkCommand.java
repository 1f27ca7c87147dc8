package io.tillstream.loadtests.bench.sink;

import io.tillstream.loadtests.bench.stage.BenchDirectories;
import io.tillstream.loadtests.bench.stage.BenchFiles;
import io.tillstream.loadtests.bench.stage.ResultFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench sink}. */
@Command(
        name = "sink",
        mixinStandardHelpOptions = true,
        description = "Races the ledger sink against a bare COPY of the same rows; a table, and JSON in a file.",
        showDefaultValues = true)
public final class SinkCommand implements Callable<Integer> {
    @Option(names = "--entries", description = "Entries of the journal, at most 2 million.", defaultValue = "1000000")
    private long entries;

    @Option(names = "--runs", description = "Runs of each, alternated.", defaultValue = "3")
    private int runs;

    @Option(names = "--seed", description = "Of the journal.", defaultValue = "1")
    private long seed;

    @Option(
            names = "--threads",
            description = "The sink's journal.threads, and connections of the bare COPY.",
            defaultValue = "1")
    private int threads;

    @Option(names = "--heap", description = "Megabytes of heap of the sink's JVM.", defaultValue = "1024")
    private int heapMegabytes;

    @Mixin
    private BenchFiles files;

    @Override
    public Integer call() {
        try (BenchDirectories directories = files.open(ResultFile.named("sink"))) {
            SinkOptions options = new SinkOptions(
                    directories.home(),
                    directories.work(),
                    directories.out(),
                    entries,
                    runs,
                    seed,
                    threads,
                    heapMegabytes);
            return new SinkBench(options).run() ? 0 : 1;
        }
    }
}
