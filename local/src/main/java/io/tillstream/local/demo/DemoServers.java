package io.tillstream.local.demo;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.embedded.EmbeddedBroker;
import io.tillstream.embedded.EmbeddedDatabase;
import io.tillstream.embedded.EmbeddedRegistry;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Shutdown;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TopicPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Broker, registry and PostgreSQL, with topics and schemas. */
final class DemoServers {
    /** Partitions of payments.events. */
    static final int PARTITIONS = 4;

    private static final int BROKER_PORT = 9092;
    private static final int REGISTRY_PORT = 8085;
    private static final int DATABASE_PORT = 5432;
    private static final String CONSOLE_LOGIN = "tillstream_console";

    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final EmbeddedDatabase database;

    private DemoServers(EmbeddedBroker broker, EmbeddedRegistry registry, EmbeddedDatabase database) {
        this.broker = broker;
        this.registry = registry;
        this.database = database;
    }

    /** Starts the servers, PostgreSQL beside the others, and adds them to {@code parts}. */
    static DemoServers start(DemoDirectory directory, boolean preferredPorts, Shutdown parts) {
        CompletableFuture<EmbeddedDatabase> database =
                CompletableFuture.supplyAsync(() -> startDatabase(directory, preferredPorts, parts));
        EmbeddedBroker broker = parts.add(
                "broker", EmbeddedBroker.start(directory.directory("broker"), preferredPorts ? BROKER_PORT : 0));
        EmbeddedRegistry registry = parts.add(
                "registry",
                EmbeddedRegistry.start(
                        directory.directory("registry"),
                        broker.bootstrapServers(),
                        preferredPorts ? REGISTRY_PORT : 0));
        try {
            return new DemoServers(broker, registry, database.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static EmbeddedDatabase startDatabase(DemoDirectory directory, boolean preferredPorts, Shutdown parts) {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(directory.directory("postgres"), preferredPorts ? DATABASE_PORT : 0);
        try {
            return parts.add("postgres", database);
        } catch (IllegalStateException e) {
            // The broker has failed meanwhile, and everything is being closed.
            database.close();
            throw e;
        }
    }

    /** Brings topics and schemas to this version. */
    void applyTopics() {
        try (Admin admin = Admin.create(kafka().with(Map.of()))) {
            TopicPlan.of(admin, PARTITIONS, 1).apply(admin);
            SchemaRegistration.apply(registryClient());
        } catch (IOException e) {
            throw new UncheckedIOException("The schema registry did not take the schemas", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not take the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the topics were made", e);
        }
    }

    /** Makes the console's own login, which may only read and only under row-level security. */
    String consoleLogin() {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + CONSOLE_LOGIN
                    + "') THEN CREATE ROLE " + CONSOLE_LOGIN + " LOGIN IN ROLE tillstream_reader; END IF; END $$");
            return CONSOLE_LOGIN;
        } catch (SQLException e) {
            throw new IllegalStateException("The console's login could not be made", e);
        }
    }

    KafkaSettings kafka() {
        return KafkaSettings.of(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    String registryUrl() {
        return registry.url();
    }

    SchemaRegistryClient registryClient() {
        return Registries.connect(registry.url());
    }

    String databaseUrl() {
        return database.jdbcUrl();
    }

    String databaseUser() {
        return database.user();
    }

    /** As the owner of the database. */
    Connection connection() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
