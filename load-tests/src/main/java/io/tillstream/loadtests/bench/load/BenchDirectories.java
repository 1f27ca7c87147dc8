package io.tillstream.loadtests.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
        Path home = Path.of(System.getProperty("tillstream.home", "")).toAbsolutePath();
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").format(LocalDateTime.now(ZoneOffset.UTC));
        Path results = home.resolve("load-tests").resolve("results").resolve(name + "-" + time + ".json");
        try {
            Path directory = work == null
                    ? Files.createTempDirectory("tillstream-bench")
                    : Files.createDirectories(work.toAbsolutePath().resolve("tillstream-bench"));
            return new BenchDirectories(home, directory, out == null ? results : out.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(work)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
