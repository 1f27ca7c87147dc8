package io.tillstream.loadtests.bench.sink;

import io.tillstream.loadtests.bench.posting.Place;
import io.tillstream.loadtests.bench.stage.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(names = "--out", description = "The result's file; load-tests/results/sink-TIME.json without.")
    private Path out;

    @Option(names = "--work", description = "Directory for the servers' data; a temporary one without.")
    private Path work;

    @Override
    public Integer call() throws IOException {
        Path directory = work == null
                ? Files.createTempDirectory("tillstream-bench")
                : Files.createDirectories(work.resolve("tillstream-bench"));
        SinkOptions options = new SinkOptions(
                ResultFile.home(),
                directory,
                out == null ? ResultFile.named("sink") : out.toAbsolutePath(),
                entries,
                runs,
                seed,
                threads,
                heapMegabytes);
        try {
            return new SinkBench(options).run() ? 0 : 1;
        } finally {
            Place.removeTree(directory);
        }
    }
}
