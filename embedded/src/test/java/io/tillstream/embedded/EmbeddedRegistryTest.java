package io.tillstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest {

    private static final AvroSchema FIRST = schema("");
    private static final AvroSchema SECOND = schema(",{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final AvroSchema INCOMPATIBLE = schema(",{\"name\":\"c\",\"type\":\"int\"}");

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldKeepSchemasIdsAndAddressWhenItAndTheBrokerAreStartedAgain() throws Exception {
        Path data = directory.resolve("registry");
        String url;
        int firstId;
        int secondId;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(data, broker.bootstrapServers(), 0)) {
            url = registry.url();
            SchemaRegistryClient client = client(url);
            firstId = client.register("s", FIRST);
            secondId = client.register("s", SECOND);
            assertThat(client.register("other", FIRST)).isEqualTo(firstId);
            assertThat(client.getCompatibility("")).isEqualTo("BACKWARD_TRANSITIVE");
            assertThatThrownBy(() -> client.register("s", INCOMPATIBLE))
                    .isInstanceOfSatisfying(
                            RestClientException.class,
                            e -> assertThat(e.getStatus()).isEqualTo(409));
        }
        assertThat(retention("kafkasql-journal")).isEqualTo("-1");

        String address = broker.bootstrapServers();
        broker.close();
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
        assertThat(broker.bootstrapServers()).isEqualTo(address);
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(data, address, 0)) {
            assertThat(registry.url()).isEqualTo(url);
            SchemaRegistryClient client = client(url);
            assertThat(client.getSchemaById(firstId)).isEqualTo(FIRST);
            assertThat(client.getSchemaById(secondId)).isEqualTo(SECOND);
            assertThat(client.getAllVersions("s")).containsExactly(1, 2);
            assertThat(client.register("s", SECOND)).isEqualTo(secondId);
        }
    }

    @Test
    void shouldSayWhyWhenTheRegistryEndsAtOnce() {
        System.setProperty("tillstream.registry.home", directory.toString());
        try {
            assertThatThrownBy(() -> EmbeddedRegistry.start(directory.resolve("none"), broker.bootstrapServers(), 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no *-runner.jar in " + directory);
        } finally {
            System.clearProperty("tillstream.registry.home");
        }
    }

    private static SchemaRegistryClient client(String url) {
        return new CachedSchemaRegistryClient(List.of(url), 100, Map.of());
    }

    private static String retention(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get("retention.ms")
                    .value();
        }
    }

    private static AvroSchema schema(String moreFields) {
        return new AvroSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}"
                + moreFields + "]}");
    }
}
