package io.tillstream.loadtests.bench.posting;

import io.tillstream.embedded.EmbeddedDatabase;
import io.tillstream.loadtests.bench.peer.PostgresMain;
import io.tillstream.loadtests.bench.peer.PostgresTables;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** PostgreSQL alone, set-based: the event's primary key is the dedupe, the offsets stand in the same transaction. */
final class PostgresContender implements Contender {
    /** Memory and write-ahead log as an expert would set them on this machine; durable per checkpoint, like the broker's log. */
    private static final Map<String, String> TUNED = Map.of(
            "shared_buffers", "2GB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "15min",
            "wal_buffers", "64MB",
            "synchronous_commit", "off",
            "track_commit_timestamp", "on",
            "maintenance_work_mem", "512MB",
            "autovacuum_max_workers", "1");

    private EmbeddedDatabase database;

    @Override
    public String name() {
        return "postgresOnly";
    }

    @Override
    public String does() {
        return "PostgreSQL, set-based: COPY into a temporary table, INSERT ... ON CONFLICT DO NOTHING, payments and balances in SQL,"
                + " one transaction per poll of up to 20,000 records, synchronous_commit off";
    }

    @Override
    public String lacks() {
        return "hash chain and sequence, business days and settlement totals, parked events, records of what is refused; types other"
                + " than captures, refunds and chargebacks; two follow-ups of one payment in one poll";
    }

    @Override
    public List<Variant> variants(int commitIntervalMs) {
        return List.of(new Variant(1, commitIntervalMs), new Variant(2, commitIntervalMs));
    }

    @Override
    public void prepare(Place place) {
        database = EmbeddedDatabase.start(place.directory().resolve("postgres"), 0, TUNED);
        query(PostgresTables.CREATE + "SELECT 0");
    }

    private String url() {
        return database.jdbcUrl() + "?user=" + database.user();
    }

    @Override
    public JvmProcess start(Place place, Variant variant, int attempt) {
        String settings = place.settings(variant, url()).toString();
        JvmPlan plan = JvmPlan.of(PostgresMain.class, place.heapMegabytes());
        return JvmProcess.start(name() + "-" + attempt, plan, place.directory(), settings);
    }

    @Override
    public Gauge gauge(Place place) {
        return new Gauge() {
            @Override
            public long position() {
                return query("SELECT coalesce(sum(next_offset), 0) FROM bench.source");
            }

            @Override
            public boolean isSettled() {
                return true;
            }
        };
    }

    /** The gauge counts the input's offsets here. */
    @Override
    public long outputs(Input input) {
        return input.records();
    }

    @Override
    public CheckResult check(Place place, Input input) {
        try (Connection connection = DriverManager.getConnection(url())) {
            return PostgresCheck.of(connection, input);
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be checked", e);
        }
    }

    /** The tables and the write-ahead log. */
    @Override
    public long bytesWritten(Place place) {
        return query(
                "SELECT pg_database_size(current_database()) + pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
    }

    /** For latencies: a connection to read when each row was committed. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    @Override
    public List<Long> helpers() {
        return ProcessHandle.of(database.pid()).stream()
                .flatMap(server ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(server), server.descendants()))
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public void clear(Place place) {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    /** The last statement's number. */
    private long query(String statements) {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(statements);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
