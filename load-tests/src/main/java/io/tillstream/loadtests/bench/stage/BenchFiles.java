package io.tillstream.loadtests.bench.stage;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of all benchmarks that keep data and write a result. */
public final class BenchFiles {
    @Option(names = "--out", description = "The result's file; one with time or commit in load-tests/results without.")
    private Path out;

    @Option(names = "--work", description = "Directory for the servers' data; a temporary one without.")
    private Path work;

    /** Where to work and write; {@code usual} is the result's file where none was given. */
    public BenchDirectories open(Path usual) {
        return BenchDirectories.open(work, out == null ? usual : out);
    }
}
