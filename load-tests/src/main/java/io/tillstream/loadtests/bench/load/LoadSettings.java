package io.tillstream.loadtests.bench.load;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a load sends, where and how long.
 *
 * @param port of ingest on 127.0.0.1
 * @param lines events of a request: 0 sends single events, else batches of so many lines
 * @param perSecond events a second that are due; 0 is closed loop, each connection sends as soon as it is answered
 * @param connections open at a time
 * @param tenants cities, taken in turn, see {@link BenchCities}
 * @param run begins every idempotency key; another one for every load
 * @param warmUpSeconds sent first and not counted
 * @param patienceMillis how long a request that is due waits for a free connection before its client gives up, unsent
 * @param directory gets {@code RUN.json} and {@code RUN.accepted}
 */
public record LoadSettings(
        int port,
        int lines,
        double perSecond,
        int connections,
        int tenants,
        String run,
        int warmUpSeconds,
        int measuredSeconds,
        int patienceMillis,
        String directory) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public LoadSettings {
        if (connections < 1 || tenants < 1 || lines < 0 || measuredSeconds < 1) {
            throw new IllegalArgumentException("a load has connections, cities and time");
        }
    }

    boolean isBatch() {
        return lines > 0;
    }

    boolean isOpenLoop() {
        return perSecond > 0;
    }

    /** Events of one request. */
    int eventsPerRequest() {
        return Math.max(1, lines);
    }

    /** City of an event. */
    int tenantOf(long event) {
        return (int) (event / eventsPerRequest() % tenants);
    }

    /** Where what was found is written. */
    public Path resultFile() {
        return Path.of(directory, run + ".json");
    }

    /** Moments of acceptance by event, see {@link AcceptedLog}. */
    public Path acceptedFile() {
        return Path.of(directory, run + ".accepted");
    }

    Path write() {
        try {
            Path file = Path.of(directory, run + ".settings.json");
            JSON.writeValue(file.toFile(), this);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LoadSettings read(Path file) {
        try {
            return JSON.readValue(file.toFile(), LoadSettings.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a result. */
    public Map<String, Object> asMap() {
        Map<String, Object> all = JSON.convertValue(this, new TypeReference<LinkedHashMap<String, Object>>() {});
        all.remove("directory");
        all.remove("port");
        return all;
    }
}
