package io.tillstream.ledgersink.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of the ledger: its migrations, and connections that may do what the writer may. */
public final class Database implements AutoCloseable {
    /** The role of the sink: may add to the ledger, not change it. */
    public static final String WRITER_ROLE = "tillstream_writer";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration READ_LIMIT = Duration.ofMinutes(2);

    private final PGSimpleDataSource owner;
    private final PGSimpleDataSource writer;
    private final HikariDataSource pool;

    private Database(PGSimpleDataSource owner, PGSimpleDataSource writer, HikariDataSource pool) {
        this.owner = owner;
        this.writer = writer;
        this.pool = pool;
    }

    /**
     * Opens no connection yet: the database may be away.
     *
     * @param jdbcUrl jdbc:postgresql://...
     * @param user a login that may take the role tillstream_writer and, for {@link #migrate}, create schemas and roles
     * @param password empty where the server trusts the connection
     * @param connectionsMax most connections at once
     */
    public static Database open(String jdbcUrl, String user, String password, int connectionsMax) {
        PGSimpleDataSource writer = source(jdbcUrl, user, password);
        // From the first moment of the session: a SET ROLE would be undone by a rollback.
        writer.setOptions("-c role=" + WRITER_ROLE);
        HikariConfig config = new HikariConfig();
        config.setDataSource(writer);
        config.setPoolName("ledger-sink");
        config.setMaximumPoolSize(connectionsMax);
        config.setMinimumIdle(0);
        config.setAutoCommit(false);
        config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
        config.setInitializationFailTimeout(-1);
        return new Database(source(jdbcUrl, user, password), writer, new HikariDataSource(config));
    }

    private static PGSimpleDataSource source(String jdbcUrl, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("tillstream-ledger-sink");
        source.setConnectTimeout((int) CONNECT_LIMIT.toSeconds());
        source.setLoginTimeout((int) CONNECT_LIMIT.toSeconds());
        // A server that vanished without a word must not hold a thread for ever.
        source.setSocketTimeout((int) READ_LIMIT.toSeconds());
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        return source;
    }

    /** Brings the schemas to this version. @throws RuntimeException Flyway's, when the database is away or does not fit */
    public void migrate() {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(owner)
                .locations("classpath:db/migration")
                .defaultSchema("public")
                .table("tillstream_schema_history")
                .load()
                .migrate();
    }

    /** A connection of the pool in the writer's role, without autocommit. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** A connection outside the pool in the writer's role, with autocommit, for a lock that is held for long. */
    public Connection ownConnection() throws SQLException {
        return writer.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
