package io.tillstream.ledgersink.testing;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ledgersink.database.Database;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Secret;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TopicPlan;
import io.tillstream.schemas.Topics;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;

/** One PostgreSQL, one broker and one registry for all tests of a run; each test gets a database, and topics, of its own. */
public final class LedgerCluster {
    /** Partitions of payments.events and the journal. */
    public static final int PARTITIONS = 3;

    private static final String ANSWER_SECONDS = "60";
    private static final String TEMPLATE = "ledger_template";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private LedgerCluster() {}

    /** Started with the first use, stopped with the virtual machine. */
    private static final class Postgres {
        private static final TestCluster SERVER = start("postgres", Need.DATABASE);

        static {
            createDatabase(TEMPLATE, "template1");
            try (Database database = open(url(TEMPLATE))) {
                database.migrate();
            }
        }
    }

    private static final class Broker {
        private static final TestCluster SERVER = start("broker", Need.BROKER);
        private static final RegistryServer REGISTRY = RegistryServer.start(schemas());
    }

    private static final class Schemas {
        private static final SchemaRegistryClient CLIENT = registered();

        private static SchemaRegistryClient registered() {
            try {
                SchemaRegistryClient client = new MockSchemaRegistryClient();
                SchemaRegistration.apply(client);
                return client;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static TestCluster start(String name, Need need) {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), name);
            TestCluster cluster = TestCluster.start(directory.toAbsolutePath(), need);
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A registry without HTTP that knows all schemas; starts nothing. */
    public static SchemaRegistryClient schemas() {
        return Schemas.CLIENT;
    }

    /** The same schemas over HTTP. */
    public static String registryUrl() {
        return Broker.REGISTRY.url();
    }

    public static KafkaSettings kafka() {
        return KafkaSettings.of(Map.of("bootstrap.servers", Broker.SERVER.bootstrapServers()));
    }

    /** All topics, empty. */
    public static void freshTopics() {
        try (Admin admin = Admin.create(kafka().with(Map.of()))) {
            deleteAll(admin);
            Awaitility.await().until(() -> ours(admin).isEmpty());
            TopicPlan.of(admin, PARTITIONS, 1).apply(admin);
            Awaitility.await().until(() -> ours(admin).size() == Topics.values().length);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void deleteAll(Admin admin) throws InterruptedException, ExecutionException {
        List<String> names =
                Arrays.stream(Topics.values()).map(Topics::topicName).toList();
        for (KafkaFuture<Void> deleted :
                admin.deleteTopics(names).topicNameValues().values()) {
            try {
                deleted.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
    }

    private static List<String> ours(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> ours = Arrays.stream(Topics.values()).map(Topics::topicName).collect(Collectors.toSet());
        return admin.listTopics().names().get().stream().filter(ours::contains).toList();
    }

    /** JDBC URL of a new database without any schema. */
    public static String emptyDatabaseUrl() {
        String name = "ledger_" + DATABASES.incrementAndGet();
        createDatabase(name, "template1");
        return url(name);
    }

    /** A new database with this version's schemas. */
    public static Ledger freshLedger() {
        String name = "ledger_" + DATABASES.incrementAndGet();
        createDatabase(name, TEMPLATE);
        return new Ledger(url(name), open(url(name)));
    }

    /** A database as it is. */
    public static Ledger view(String url) {
        return new Ledger(url, open(url));
    }

    /** A connection that may do everything, with autocommit; a server that does not answer is a fault, not a wait without end. */
    public static Connection superuser(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("password", Postgres.SERVER.databasePassword());
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        return DriverManager.getConnection(url, properties);
    }

    /** Login of the superuser. */
    public static String user() {
        return Postgres.SERVER.databaseUser();
    }

    /** Its password as a setting. */
    public static Optional<Secret> secret() {
        return Optional.of(Postgres.SERVER.databasePassword())
                .filter(password -> !password.isBlank())
                .map(Secret::of);
    }

    private static Database open(String url) {
        return Database.open(url, user(), Postgres.SERVER.databasePassword(), 8);
    }

    private static void createDatabase(String name, String template) {
        try (Connection connection = superuser(Postgres.SERVER.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(String database) {
        return Postgres.SERVER.jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + database + "$1");
    }
}
