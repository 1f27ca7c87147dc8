package io.tillstream.loadtests.bench.posting;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tillstream.loadtests.bench.stage.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been found so far; written to its file after every part, so that a race that is broken off leaves what it has. */
final class PostingResult {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PostingOptions options;
    private final Map<String, Object> root = new LinkedHashMap<>();
    private final Map<String, ContenderResult> contenders = new LinkedHashMap<>();
    private final Map<String, Double> ratios = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    PostingResult(PostingOptions options) {
        this.options = options;
        root.put("benchmark", "posting");
        root.put("startedAt", Instant.now().toString());
        root.put("machine", Machine.here(options.home()));
        root.put("settings", settings());
        root.put("contenders", contenders);
        root.put("ratios", ratios);
        root.put("failures", failures);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("events", options.events());
        settings.put("runs", options.runs());
        settings.put("seed", options.seed());
        settings.put("workload", options.shape());
        settings.put("partitions", Place.PARTITIONS);
        settings.put("commitIntervalMs", options.commitIntervalMs());
        settings.put("compression", "lz4");
        settings.put("heapMegabytes", options.heapMegabytes());
        settings.put("collector", "ParallelGC");
        settings.put("brokers", 1);
        settings.put("measured", ThroughputRun.MEASURED);
        return settings;
    }

    ContenderResult contender(Contender contender) {
        return contenders.computeIfAbsent(contender.name(), name -> new ContenderResult(contender));
    }

    Map<String, ContenderResult> contenders() {
        return contenders;
    }

    void put(String key, Object value) {
        root.put(key, value);
    }

    void ratio(String key, double value) {
        ratios.put(key, Math.round(value * 1000) / 1000.0);
    }

    Map<String, Double> ratios() {
        return ratios;
    }

    /** Printed under the table; the JSON has the same in its own place. */
    void line(String line) {
        lines.add(line);
    }

    List<String> lines() {
        return lines;
    }

    /** A run that gave no result. */
    void failed(String what, String why) {
        failures.add(what + ": " + why);
    }

    boolean isComplete() {
        return failures.isEmpty();
    }

    List<String> failures() {
        return failures;
    }

    void write() {
        try {
            Files.createDirectories(options.out().getParent());
            JSON.writeValue(options.out().toFile(), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
