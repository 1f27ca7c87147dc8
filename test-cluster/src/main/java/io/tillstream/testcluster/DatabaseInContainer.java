package io.tillstream.testcluster;

import io.tillstream.embedded.Ports;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** PostgreSQL in a container, published on a port that it keeps. */
final class DatabaseInContainer implements DatabaseServer {

    private static final String USER = "postgres";
    private static final String PASSWORD = "only-for-tests";
    private static final String DATABASE = "tillstream";

    private final GenericContainer<?> container = new GenericContainer<>(Containers.POSTGRES);
    private final String jdbcUrl;

    DatabaseInContainer() {
        int port = Ports.free();
        jdbcUrl = "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
        container.setPortBindings(List.of("127.0.0.1:" + port + ":5432"));
        container
                .withEnv("POSTGRES_USER", USER)
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .withEnv("POSTGRES_DB", DATABASE)
                .withCommand("postgres", "-c", "max_connections=60", "-c", "timezone=UTC")
                // Twice: the first server only makes the database.
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\n", 2))
                .start();
        Readiness.awaitDatabase(jdbcUrl, USER, PASSWORD);
    }

    @Override
    public String jdbcUrl() {
        return jdbcUrl;
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public void stop() {
        Containers.stop(container.getContainerId());
    }

    @Override
    public void start() {
        Containers.start(container.getContainerId());
        Readiness.awaitDatabase(jdbcUrl, USER, PASSWORD);
    }

    @Override
    public void close() {
        container.stop();
    }
}
