package io.tillstream.loadtests.bench.load;

import io.tillstream.loadtests.bench.posting.Place;
import io.tillstream.loadtests.bench.stage.ResultFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a benchmark works and writes.
 *
 * @param home the working tree
 * @param work for data, removed at the end
 * @param out the result's file
 */
public record BenchDirectories(Path home, Path work, Path out) implements AutoCloseable {
    /**
     * Makes what is not there.
     *
     * @param work null for a temporary one
     * @param out null for load-tests/results/NAME-TIME.json
     */
    public static BenchDirectories open(String name, Path work, Path out) {
        try {
            Path directory = work == null
                    ? Files.createTempDirectory("tillstream-bench")
                    : Files.createDirectories(work.toAbsolutePath().resolve("tillstream-bench"));
            return new BenchDirectories(
                    ResultFile.home(), directory, out == null ? ResultFile.named(name) : out.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Place.removeTree(work);
    }
}
