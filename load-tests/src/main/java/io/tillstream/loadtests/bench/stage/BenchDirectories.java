package io.tillstream.loadtests.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where a benchmark works and writes.
 *
 * @param home the working tree
 * @param work for data, removed at the end
 * @param out the result's file
 */
public record BenchDirectories(Path home, Path work, Path out) implements AutoCloseable {
    /** Makes the directory for data; null for a temporary one. */
    static BenchDirectories open(Path work, Path out) {
        try {
            Path directory = work == null
                    ? Files.createTempDirectory("tillstream-bench")
                    : Files.createDirectories(work.toAbsolutePath().resolve("tillstream-bench"));
            return new BenchDirectories(ResultFile.home(), directory, out.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        removeTree(work);
    }

    /** Removes a directory with all in it, if it is there. */
    public static void removeTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
