package io.tillstream.loadtests.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tillstream.loadtests.bench.stage.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A result's JSON, written after every run, so that a benchmark that is broken off leaves what it has. */
public final class BenchResult {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path out;
    private final Map<String, Object> root = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** Of a benchmark on this machine. */
    public BenchResult(String benchmark, Path home, Path out, Map<String, Object> settings) {
        this.out = out;
        root.put("benchmark", benchmark);
        root.put("startedAt", Instant.now().toString());
        root.put("machine", Machine.here(home));
        root.put("settings", settings);
        root.put("failures", failures);
    }

    /** Adds a figure; written with the next {@link #write}. */
    public void put(String key, Object value) {
        root.put(key, value);
    }

    /** A run that gave no result. */
    public void failed(String what, String why) {
        say(what + " gave no result: " + why);
        failures.add(what + ": " + why);
    }

    public List<String> failures() {
        return failures;
    }

    /** Writes what there is. */
    public void write() {
        try {
            Files.createDirectories(out.toAbsolutePath().getParent());
            JSON.writeValue(out.toFile(), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Progress, for whoever waits. */
    public static void say(String line) {
        System.err.println(
                LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_TIME)
                        + " " + line);
    }
}
