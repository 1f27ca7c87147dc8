package io.tillstream.local.demo;

import com.typesafe.config.Config;
import io.tillstream.console.Console;
import io.tillstream.console.ConsoleSettings;
import io.tillstream.console.access.Passwords;
import io.tillstream.embedded.Ports;
import io.tillstream.ingest.Ingest;
import io.tillstream.ingest.IngestSettings;
import io.tillstream.ledgersink.LedgerSink;
import io.tillstream.ledgersink.LedgerSinkSettings;
import io.tillstream.runtime.Settings;
import io.tillstream.runtime.Shutdown;
import io.tillstream.streams.StreamsService;
import io.tillstream.streams.StreamsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The four services, each started with a settings file that is also left in the data directory, so that the same service can be run
 * in a process of its own. Ingest runs twice: what one instance has seen the other one has not, as in a cluster.
 */
final class DemoServices {
    private static final int INGEST_PORT = 8080;
    private static final int STREAMS_PORT = 8081;
    private static final int SINK_PORT = 8082;
    private static final int CONSOLE_PORT = 8083;
    private static final int SECOND_INGEST_PORT = 8084;
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    static final String CONSOLE_USER = "operator";
    static final String CONSOLE_PASSWORD_FILE = "console-password";

    private final DemoDirectory directory;
    private final DemoServers servers;
    private final boolean preferredPorts;
    private final Shutdown parts;
    private Ingest ingest;
    private Ingest secondIngest;
    private StreamsService streams;
    private LedgerSinkSettings sinkSettings;
    private LedgerSink sink;
    private Console console;

    private DemoServices(DemoDirectory directory, DemoServers servers, boolean preferredPorts, Shutdown parts) {
        this.directory = directory;
        this.servers = servers;
        this.preferredPorts = preferredPorts;
        this.parts = parts;
    }

    /** Starts all and waits until they are ready. */
    static DemoServices start(
            DemoDirectory directory,
            DemoServers servers,
            Path controlKeys,
            boolean preferredPorts,
            Shutdown parts,
            Waiting waiting) {
        DemoServices services = new DemoServices(directory, servers, preferredPorts, parts);
        services.startSink();
        services.startStreams();
        services.ingest = services.startIngest("ingest", INGEST_PORT, controlKeys);
        services.secondIngest = services.startIngest("ingest-2", SECOND_INGEST_PORT, controlKeys);
        waiting.until(
                "the ledger sink to be ready",
                READY_LIMIT,
                () -> services.sink.health().readyReport().isUp(),
                () -> services.sink.health().readyReport().toString());
        services.startConsole();
        waiting.until(
                "posting, detection and settlement to be ready",
                READY_LIMIT,
                () -> services.streams.health().readyReport().isUp(),
                () -> services.streams.health().readyReport().toString());
        return services;
    }

    List<URI> ingestAddresses() {
        return List.of(address(ingest.port()), address(secondIngest.port()));
    }

    URI consoleAddress() {
        return address(console.port());
    }

    Path filesDirectory() {
        return directory.directory("files");
    }

    /** Records that the ledger sink has not stored yet. */
    long sinkLag() {
        return sink.lag();
    }

    /** As the sink runs with them; for the commands that close and verify. */
    LedgerSinkSettings sinkSettings() {
        return sinkSettings;
    }

    private Ingest startIngest(String name, int port, Path controlKeys) {
        Config config = directory.writeSettings(
                "conf/" + name + ".conf",
                Map.of(
                        "kafka", servers.kafka().asMap(),
                        "registry.url", servers.registryUrl(),
                        "http.port", free(port),
                        "auth.control-keyset-file", controlKeys.toString(),
                        "source-hash.key", directory.secret("source-hash.key")));
        return parts.add(name, Ingest.start(Settings.load(IngestSettings.class, config)));
    }

    private void startStreams() {
        Config config = directory.writeSettings(
                "conf/streams.conf",
                Map.of(
                        "kafka", servers.kafka().asMap(),
                        "registry.url", servers.registryUrl(),
                        "state.directory", directory.directory("streams").toString(),
                        "ops.port", free(STREAMS_PORT)));
        streams = parts.add("streams", StreamsService.start(Settings.load(StreamsSettings.class, config)));
    }

    private void startSink() {
        Config config = directory.writeSettings(
                "conf/ledger-sink.conf",
                Map.of(
                        "kafka", servers.kafka().asMap(),
                        "registry.url", servers.registryUrl(),
                        "database.url", servers.databaseUrl(),
                        "database.user", servers.databaseUser(),
                        "files.directory", filesDirectory().toString(),
                        "ops.port", free(SINK_PORT)));
        sinkSettings = Settings.load(LedgerSinkSettings.class, config);
        sink = parts.add("ledger-sink", LedgerSink.start(sinkSettings));
    }

    private void startConsole() {
        String password = directory.secret(CONSOLE_PASSWORD_FILE);
        Config config = directory.writeSettings(
                "conf/console.conf",
                Map.of(
                        "kafka", servers.kafka().asMap(),
                        "database.url", servers.databaseUrl(),
                        "database.user", servers.consoleLogin(),
                        "files.directory", filesDirectory().toString(),
                        "http.port", free(CONSOLE_PORT),
                        "services",
                                List.of(
                                        "ingest=" + address(ingest.port()),
                                        "ingest-2=" + address(secondIngest.port()),
                                        "streams=" + address(streams.opsPort()),
                                        "ledger-sink=" + address(sink.opsPort())),
                        "users", List.of(CONSOLE_USER + ":*:" + Passwords.hash(password.toCharArray()))));
        console = parts.add("console", Console.start(Settings.load(ConsoleSettings.class, config)));
    }

    /** The usual port if it is wanted and free, else 0, which takes any. */
    private int free(int port) {
        return preferredPorts && Ports.isFree(port) ? port : 0;
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
