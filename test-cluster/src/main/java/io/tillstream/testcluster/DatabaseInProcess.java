package io.tillstream.testcluster;

import io.tillstream.embedded.EmbeddedDatabase;
import java.nio.file.Path;

/** The embedded PostgreSQL, a child of the test's JVM. */
final class DatabaseInProcess implements DatabaseServer {

    private final EmbeddedDatabase database;

    DatabaseInProcess(Path directory) {
        database = EmbeddedDatabase.start(directory, 0);
    }

    @Override
    public String jdbcUrl() {
        return database.jdbcUrl();
    }

    @Override
    public String user() {
        return database.user();
    }

    @Override
    public String password() {
        return database.password();
    }

    @Override
    public void stop() {
        database.stop();
    }

    @Override
    public void start() {
        database.startAgain();
    }

    @Override
    public void close() {
        database.close();
    }
}
