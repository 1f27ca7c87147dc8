package io.tillstream.loadtests.bench.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A benchmark's results as a JSON file, with the machine and the commit that they belong to. Not for several threads. */
public final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Middle, least and most of some runs. */
    public record Spread(double median, double min, double max) {
        /** Of at least one value; of an even number the upper of the two in the middle. */
        public static Spread of(List<Double> values) {
            double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
        }
    }

    private final Path file;
    private final Map<String, Object> root = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** @param home the working tree */
    public ResultFile(String benchmark, Path home, Path file, Map<String, Object> settings) {
        this.file = file;
        root.put("benchmark", benchmark);
        root.put("startedAt", Instant.now().toString());
        root.put("machine", Machine.here(home));
        root.put("settings", new LinkedHashMap<>(settings));
        root.put("failures", failures);
    }

    /** The working tree that the launcher names. */
    public static Path home() {
        return Path.of(System.getProperty("tillstream.home", "")).toAbsolutePath();
    }

    /** load-tests/results/NAME-TIME.json of the working tree; the time is UTC. */
    public static Path named(String benchmark) {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").format(LocalDateTime.now(ZoneOffset.UTC));
        return home().resolve("load-tests").resolve("results").resolve(benchmark + "-" + time + ".json");
    }

    public void put(String key, Object value) {
        root.put(key, value);
    }

    /** A run that gave no result. */
    public void failed(String what, String why) {
        failures.add(what + ": " + why);
    }

    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Writes what there is so far; called after every run, so that what is broken off leaves what it has. */
    public void write() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            JSON.writeValue(file.toFile(), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
