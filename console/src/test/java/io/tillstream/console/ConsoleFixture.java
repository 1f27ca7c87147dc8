package io.tillstream.console;

import io.tillstream.console.access.ApiTokens;
import io.tillstream.runtime.Settings;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A PostgreSQL with the ledger sink's migrations and the rows of seed.sql, and a console over it, once for all tests of
 * the module. The console's login is a plain member of the reader's role, so row-level security is the real one.
 */
public final class ConsoleFixture implements BeforeAllCallback, ParameterResolver {
    static final String PASSWORD = "correct horse battery";
    /** Of {@link #PASSWORD}, with as few iterations as the console takes: the tests sign in often. */
    private static final String PASSWORD_HASH =
            "pbkdf2-sha256$100000$AAECAwQFBgcICQoLDA0ODw==$yNEi7NuUd81IprF1DFmFwLiwUVjQQNIFF8zbSYZd5DY=";

    static final String NACHA = "norman_nacha-ccd_2026-11-21_norman-20261121.ach";
    static final String DETAIL = "norman_payment-detail_2026-11-21_norman-20261121.csv";
    private static final String LOGIN = "console_login";

    @Override
    public void beforeAll(ExtensionContext context) {
        running(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running(context);
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ConsoleFixture.class))
                .computeIfAbsent("running", ignored -> Running.start(), Running.class);
    }

    /** What runs. */
    static final class Running implements AutoCloseable {
        final TestClock clock = new TestClock();
        final String token;
        final String normanToken;
        final Path files;
        private final Path directory;
        private final TestCluster cluster;
        private final ConsoleSettings settings;
        private final Console console;

        private Running(Path directory) throws IOException, SQLException {
            this.directory = directory;
            cluster = TestCluster.start(directory.resolve("cluster"), Need.DATABASE);
            files = Files.createDirectories(directory.resolve("files"));
            ApiTokens.Minted all = ApiTokens.mint();
            ApiTokens.Minted norman = ApiTokens.mint();
            token = all.token();
            normanToken = norman.token();
            prepare();
            Path file = directory.resolve("console.conf");
            Files.writeString(file, settingsText(all.tokenHash(), norman.tokenHash()));
            settings = Settings.load(ConsoleSettings.class, file);
            console = Console.start(settings, clock);
        }

        static Running start() {
            try {
                return new Running(Files.createTempDirectory("console-test"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException("the seed does not fit the migrations", e);
            }
        }

        int port() {
            return console.port();
        }

        Console console() {
            return console;
        }

        /** Another console over the same database, with a clock of its own. */
        Console another(TestClock itsClock) {
            return Console.start(settings, itsClock);
        }

        /** Another console, behind a proxy that speaks TLS. */
        Console anotherBehindTls() throws IOException {
            Path file = directory.resolve("tls.conf");
            Files.writeString(file, Files.readString(directory.resolve("console.conf")) + "\nhttp.tls = true\n");
            return Console.start(Settings.load(ConsoleSettings.class, file), new TestClock());
        }

        /** As superuser, for what the console itself must not do. */
        Connection superuser() throws SQLException {
            return DriverManager.getConnection(cluster.jdbcUrl(), cluster.databaseUser(), cluster.databasePassword());
        }

        TestCluster cluster() {
            return cluster;
        }

        private String settingsText(String tokenHash, String normanTokenHash) {
            return String.join(
                    "\n",
                    "http.port = 0",
                    "database { url = \"" + cluster.jdbcUrl() + "\", user = " + LOGIN + ", password = " + LOGIN + " }",
                    "files.directory = \"" + files + "\"",
                    "services = [\"ingest=http://127.0.0.1:9\"]",
                    "overview.refresh = 200ms",
                    "users = [\"operator:*:" + PASSWORD_HASH + "\", \"finance:norman:" + PASSWORD_HASH
                            + "\", \"region:norman tulsa:" + PASSWORD_HASH + "\"]",
                    "tokens = [\"all:*:" + tokenHash + "\", \"norman:norman:" + normanTokenHash + "\"]");
        }

        private void prepare() throws IOException, SQLException {
            try (Connection connection = superuser();
                    Statement statement = connection.createStatement()) {
                for (Path migration : migrations()) {
                    statement.execute(Files.readString(migration));
                }
                statement.execute("create role " + LOGIN + " login password '" + LOGIN + "'");
                statement.execute("grant tillstream_reader to " + LOGIN);
                statement.execute(resource("/seed.sql"));
                release(connection, NACHA, "nacha-ccd", "101 091000019 ... \n", 12345);
                release(connection, DETAIL, "payment-detail", "batch,payment\nnorman-20261121,1\n", 12345);
            }
        }

        private void release(Connection connection, String name, String format, String content, long total)
                throws IOException, SQLException {
            Path file = Files.createDirectories(files.resolve("norman")).resolve(name);
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            Files.write(file, bytes);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into settlement.file (batch_id, format, tenant, name, size_bytes, sha256, total, released_at)"
                            + " values ('norman-20261121', ?, 'norman', ?, ?, ?, ?, '2026-11-21T23:00:03Z')")) {
                insert.setString(1, format);
                insert.setString(2, name);
                insert.setLong(3, bytes.length);
                insert.setString(4, sha256(bytes));
                insert.setLong(5, total);
                insert.executeUpdate();
            }
        }

        @Override
        public void close() throws IOException {
            console.close();
            cluster.close();
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sink's migrations, read from its sources: the console depends on the views, not on the module. */
    private static List<Path> migrations() throws IOException {
        Path directory = Path.of("..", "ledger-sink", "src", "main", "resources", "db", "migration");
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(path -> path.toString().endsWith(".sql"))
                    .sorted(Comparator.comparingInt(ConsoleFixture::version))
                    .toList();
        }
    }

    private static int version(Path migration) {
        return Integer.parseInt(migration.getFileName().toString().replaceFirst("^V([0-9]+)__.*$", "$1"));
    }

    private static String resource(String name) throws IOException {
        try (var stream = ConsoleFixture.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
