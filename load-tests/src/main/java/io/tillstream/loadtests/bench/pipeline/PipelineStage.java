package io.tillstream.loadtests.bench.pipeline;

import io.tillstream.embedded.EmbeddedDatabase;
import io.tillstream.ingest.IngestMain;
import io.tillstream.ledgersink.LedgerSinkMain;
import io.tillstream.ledgersink.LedgerSinkSettings;
import io.tillstream.loadtests.bench.load.LoadCluster;
import io.tillstream.loadtests.bench.load.Server;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.bench.stage.Usage;
import io.tillstream.runtime.Settings;
import io.tillstream.runtime.Shutdown;
import io.tillstream.streams.StreamsMain;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that runs but the load: broker, registry, PostgreSQL, sink, streams, ingest, each a process of its own. */
final class PipelineStage implements AutoCloseable {
    /** Room for the database on a machine of some gigabytes; its durability stays as it is. Commit times are what latencies are read from. */
    static final Map<String, String> DATABASE = Map.of(
            "track_commit_timestamp", "on", "shared_buffers", "256MB", "max_wal_size", "4GB", "max_connections", "60");

    private static final Duration CLOSING_MAX = Duration.ofMinutes(2);
    private static final int UNLIMITED = 10_000_000;

    private final Shutdown parts = new Shutdown(CLOSING_MAX);
    private final Path work;
    private BenchCluster cluster;
    private EmbeddedDatabase database;
    private Server sink;
    private Server streams;
    private Server ingest;

    private PipelineStage(Path work) {
        this.work = work;
    }

    /** Everything is ready when it returns. */
    static PipelineStage start(PipelineOptions options) {
        PipelineStage stage = new PipelineStage(options.work());
        try {
            stage.open(options);
            return stage;
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private void open(PipelineOptions options) {
        database = parts.add("postgres", EmbeddedDatabase.start(work.resolve("postgres"), 0, DATABASE));
        cluster = parts.add("cluster", LoadCluster.start(work.resolve("cluster"), options.tenants()));
        sink = server(
                options,
                "sink",
                LedgerSinkMain.class,
                "ops.port",
                Map.of(
                        "database.url", database.jdbcUrl(),
                        "database.user", database.user(),
                        "files.directory", work.resolve("files").toString(),
                        "closer.enabled", false));
        streams = server(
                options,
                "streams",
                StreamsMain.class,
                "ops.port",
                Map.of("state.directory", work.resolve("state").toString()));
        ingest = server(
                options,
                "ingest",
                IngestMain.class,
                "http.port",
                Map.of(
                        "source-hash.key", "a-key-for-benchmarks-that-hashes-nothing-real",
                        "limits.events-per-second", UNLIMITED,
                        "limits.event-burst", UNLIMITED));
    }

    private Server server(
            PipelineOptions options, String name, Class<?> main, String portKey, Map<String, Object> settings) {
        return parts.add(name, Server.start(name, main, options.heapMegabytes(), cluster, work, portKey, settings));
    }

    BenchCluster cluster() {
        return cluster;
    }

    int ingestPort() {
        return ingest.port();
    }

    /** As the sink runs with them. */
    LedgerSinkSettings sinkSettings() {
        return Settings.load(LedgerSinkSettings.class, work.resolve("sink.conf"));
    }

    /** As the owner of the database. */
    Connection connection() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    /** @throws IllegalStateException if a service has ended */
    void requireAlive() {
        for (Server server : List.of(sink, streams, ingest)) {
            server.process().requireAlive();
        }
    }

    /** What each process has used so far. */
    Map<String, Usage> usage() {
        Map<String, Usage> usage = new LinkedHashMap<>();
        usage.put("ingest", Usage.of(ingest.process().pid()));
        usage.put("broker", Usage.of(cluster.brokerPid()));
        usage.put("streams", Usage.of(streams.process().pid()));
        usage.put("sink", Usage.of(sink.process().pid()));
        usage.put("postgres", Usage.of(databasePids()));
        return usage;
    }

    private List<Long> databasePids() {
        return ProcessHandle.of(database.pid()).stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public void close() {
        parts.close();
    }
}
