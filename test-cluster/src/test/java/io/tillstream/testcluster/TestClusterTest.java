package io.tillstream.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with the embedded servers, and with the profile containers against those. */
@Tag("cluster")
class TestClusterTest {

    @TempDir
    static Path directory;

    private static TestCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = TestCluster.start(directory, Need.REGISTRY, Need.DATABASE);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void shouldKeepAddressAndTopicsWhenTheBrokerIsRestarted() throws Exception {
        String address = cluster.bootstrapServers();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
            cluster.stopBroker();
            assertThatThrownBy(() -> topics())
                    .hasRootCauseInstanceOf(org.apache.kafka.common.errors.TimeoutException.class);
            cluster.startBroker();
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("kept");
        }
        assertThat(cluster.bootstrapServers()).isEqualTo(address);
    }

    @Test
    void shouldKeepAddressAndSchemasWhenTheRegistryIsRestarted() throws Exception {
        AvroSchema schema = new AvroSchema("\"string\"");
        int id = new CachedSchemaRegistryClient(cluster.registryUrl(), 10).register("kept", schema);
        String url = cluster.registryUrl();
        cluster.restartRegistry();
        assertThat(cluster.registryUrl()).isEqualTo(url);
        assertThat(new CachedSchemaRegistryClient(url, 10).getSchemaById(id)).isEqualTo(schema);
    }

    @Test
    void shouldKeepAddressAndRowsWhenTheDatabaseIsRestarted() throws SQLException {
        execute("CREATE TABLE kept AS SELECT 7 AS line");
        String url = cluster.jdbcUrl();
        cluster.stopDatabase();
        assertThatThrownBy(() -> execute("SELECT 1")).isInstanceOf(SQLException.class);
        cluster.startDatabase();
        assertThat(cluster.jdbcUrl()).isEqualTo(url);
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT line FROM kept")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(7);
        }
    }

    @Test
    void shouldRefuseWhenAServerWasNotAskedFor() {
        try (TestCluster nothing = TestCluster.start(directory.resolve("nothing"))) {
            assertThatThrownBy(nothing::jdbcUrl)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("without DATABASE");
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    private static Set<String> topics() throws Exception {
        Map<String, Object> impatient = Map.of(
                "bootstrap.servers", cluster.bootstrapServers(),
                "request.timeout.ms", 500,
                "default.api.timeout.ms", 1_000);
        try (Admin admin = Admin.create(impatient)) {
            return admin.listTopics().names().get();
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(cluster.jdbcUrl(), cluster.databaseUser(), cluster.databasePassword());
    }
}
