package io.tillstream.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a child process, its data kept in a directory.
 *
 * <p>Durability is PostgreSQL's own: fsync and synchronous_commit are on. Whoever may connect to the port is trusted as
 * superuser: the server listens on 127.0.0.1 only and is for one person's machine. On a shared machine use a PostgreSQL of
 * its own, by its JDBC URL.
 *
 * <p>PostgreSQL refuses to run as root. As root it runs in a user namespace of its own, where it is nobody; where the machine
 * forbids that, it runs as the user nobody.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String USER = "postgres";
    private static final String DATABASE = "tillstream";
    private static final String FAST_SHUTDOWN = "INT";
    private static final String STILL_STARTING = "57P03";
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofMinutes(1);
    private static final Duration LEFTOVERS_MAX = Duration.ofSeconds(20);
    private static final long POLL_NANOS = 20_000_000;

    private final Path data;
    private final Path log;
    private final int port;
    private final Map<String, String> settings;
    private final RootGuard guard;
    private ChildProcess postmaster;

    private EmbeddedDatabase(Path data, Path log, int port, Map<String, String> settings, RootGuard guard) {
        this.data = data;
        this.log = log;
        this.port = port;
        this.settings = settings;
        this.guard = guard;
    }

    /**
     * Starts the server and waits until it answers, recovery after a crash included. A server that an earlier run left on
     * this data is shut down first.
     *
     * @param preferredPort 0 or a taken port mean: the port of the last run in this directory, else any free one
     * @throws IllegalStateException with the tail of the server's log where it does not come up, or with the remedy where
     *     this machine cannot run it at all
     */
    public static EmbeddedDatabase start(Path dataDirectory, int preferredPort) {
        return start(dataDirectory, preferredPort, Map.of());
    }

    /** Starts it with other settings than those for a small machine, by PostgreSQL's own names, for example shared_buffers. */
    public static EmbeddedDatabase start(Path dataDirectory, int preferredPort, Map<String, String> settings) {
        try {
            Path directory = Files.createDirectories(dataDirectory.toAbsolutePath());
            RootGuard guard = RootGuard.find(List.of(directory, Path.of(program("postgres"))));
            return start(directory, preferredPort, settings, guard);
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL in " + dataDirectory + " did not start", e);
        }
    }

    static EmbeddedDatabase start(Path directory, int preferredPort, Map<String, String> settings, RootGuard guard) {
        try {
            Path data = directory.resolve("pgdata");
            Path log = directory.resolve("postgres.log");
            stopLeftover(data);
            initialize(data, log, guard);
            guard.own(data);
            int port = new PortBook(directory).choose("postgres", preferredPort);
            EmbeddedDatabase database = new EmbeddedDatabase(data, log, port, Map.copyOf(settings), guard);
            database.startAgain();
            return database;
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL in " + directory + " did not start", e);
        }
    }

    /** Starts the server again after {@link #stop} or a crash, on the same port and data. */
    public void startAgain() {
        if (postmaster != null && postmaster.isAlive()) {
            throw new IllegalStateException("PostgreSQL on port " + port + " is running");
        }
        long giveUpAt = System.nanoTime() + LEFTOVERS_MAX.toNanos();
        boolean up = false;
        while (!up) {
            postmaster = ChildProcess.start(command(), Map.of(), log, FAST_SHUTDOWN);
            up = awaitReady(System.nanoTime() < giveUpAt);
        }
        createDatabase();
    }

    /** Fast shutdown: sessions are cut off, everything is checkpointed. The data and the port stay. */
    public void stop() {
        postmaster.close();
    }

    @Override
    public void close() {
        stop();
    }

    /** For example jdbc:postgresql://127.0.0.1:20815/tillstream; it names neither user nor password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The superuser. */
    public String user() {
        return USER;
    }

    /** Any password will do, as local connections are trusted. */
    public String password() {
        return "";
    }

    public int port() {
        return port;
    }

    /** The process id of the postmaster, for tests that kill it. */
    public long pid() {
        return postmaster.pid();
    }

    private List<String> command() {
        Map<String, String> all = new TreeMap<>(Map.ofEntries(
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("port", Integer.toString(port)),
                Map.entry("unix_socket_directories", ""),
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("shared_buffers", "64MB"),
                Map.entry("max_connections", "60"),
                Map.entry("max_wal_size", "512MB"),
                Map.entry("io_method", "sync"),
                Map.entry("jit", "off"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC")));
        all.putAll(settings);
        List<String> command = new ArrayList<>(guard.prefix());
        command.add(program("postgres"));
        command.addAll(List.of("-D", data.toString()));
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private static String program(String name) {
        return Installation.of("postgres").resolve("bin").resolve(name).toString();
    }

    /** @return false where processes of a killed server still hold the data for a moment, so that trying again helps */
    private boolean awaitReady(boolean mayTryAgain) {
        long giveUpAt = System.nanoTime() + START_MAX.toNanos();
        SQLException last = null;
        while (System.nanoTime() < giveUpAt) {
            try (Connection connection = dataSource("postgres").getConnection()) {
                return connection.isValid(0);
            } catch (SQLException e) {
                last = e;
            }
            if (!postmaster.isAlive()) {
                return endedEarly(mayTryAgain);
            }
            // Polling: PostgreSQL has no other sign of readiness that a parent could wait for without pg_ctl.
            LockSupport.parkNanos(POLL_NANOS);
        }
        postmaster.close();
        String recovering = last != null && STILL_STARTING.equals(last.getSQLState()) ? " (still recovering)" : "";
        throw new IllegalStateException(
                "PostgreSQL did not answer within " + START_MAX + recovering + ":\n" + postmaster.logTail(), last);
    }

    private boolean endedEarly(boolean mayTryAgain) {
        String tail = postmaster.logTail();
        if (mayTryAgain && tail.contains("is still in use")) {
            LockSupport.parkNanos(10 * POLL_NANOS);
            return false;
        }
        throw new IllegalStateException("PostgreSQL ended with " + postmaster.exitValue() + ":\n" + tail);
    }

    private void createDatabase() {
        try (Connection connection = dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            boolean exists;
            try (var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + DATABASE, e);
        }
    }

    private PGSimpleDataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(USER);
        source.setConnectTimeout(5);
        return source;
    }

    private static void initialize(Path data, Path log, RootGuard guard) throws IOException {
        if (Files.exists(data)) {
            return;
        }
        // A new name until it is complete: an initdb that was killed half-way must not look like a database.
        Path incomplete = Files.createTempDirectory(
                data.getParent(),
                "pgdata-incomplete",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        guard.own(incomplete);
        List<String> command = new ArrayList<>(guard.prefix());
        command.addAll(
                List.of(program("initdb"), "-D", incomplete.toString(), "-U", USER, "-A", "trust", "-E", "UTF8"));
        // Order by code point on every machine, whatever its C library has.
        command.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        ChildProcess initdb = ChildProcess.start(command, Map.of(), log, FAST_SHUTDOWN);
        if (!initdb.awaitExit(START_MAX) || initdb.exitValue() != 0) {
            initdb.close();
            throw new IllegalStateException("initdb failed:\n" + initdb.logTail());
        }
        Files.move(incomplete, data);
    }

    private static void stopLeftover(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).trim());
        if (pid > 0 && ChildProcess.isOurs(pid, "-D " + data)) {
            LOG.warn("stopping the PostgreSQL that an earlier run left on {}, process {}", data, pid);
            ChildProcess.stopStale(pid, FAST_SHUTDOWN, STOP_MAX);
        } else {
            // PostgreSQL only asks whether any process has that number, and would refuse to start if a stranger has it
            // now.
            Files.delete(pidFile);
        }
    }
}
