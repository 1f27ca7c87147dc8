package io.tillstream.local.command;

import io.tillstream.local.connection.ConnectionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the cluster is: a settings file, single options, or the running demo. */
final class ConnectionOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Settings file of any service, or the demo's addresses. Default: data/demo.json in Tillstream's"
                            + " directory, which the demo writes; one with --data writes it there.")
    private Path config;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka's brokers.")
    private String bootstrap;

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry (Confluent's API).")
    private String registry;

    /** @throws IllegalArgumentException if neither a file nor options say where the cluster is */
    ConnectionSettings load() {
        Map<String, String> overriding = new LinkedHashMap<>();
        put(overriding, "kafka.bootstrap.servers", bootstrap);
        put(overriding, "registry.url", registry);
        return ConnectionSettings.load(file(), overriding);
    }

    private Optional<Path> file() {
        if (config != null) {
            return Optional.of(config);
        }
        if (bootstrap != null) {
            return Optional.empty();
        }
        Path demo = Home.data().resolve("demo.json");
        if (Files.exists(demo)) {
            return Optional.of(demo);
        }
        throw new IllegalArgumentException(
                "where is the cluster? Start `tillstream demo`, or name a settings file with --config, or use --bootstrap");
    }

    private static void put(Map<String, String> values, String key, String value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
