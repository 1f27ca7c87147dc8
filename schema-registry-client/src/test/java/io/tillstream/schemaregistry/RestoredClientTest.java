package io.tillstream.schemaregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

/** Shows that the classes whose names were given back link and run; this module has no Java of its own. */
class RestoredClientTest {
    @Test
    void shouldRegisterAndReadBackWhenInMemory() throws Exception {
        try (MockSchemaRegistryClient client = new MockSchemaRegistryClient()) {
            int id = client.register("payments.events-value", new AvroSchema("\"string\""));

            assertThat(client.getSchemaById(id).canonicalString()).isEqualTo("\"string\"");
        }
    }

    @Test
    void shouldReachTheNetworkWhenCached() throws Exception {
        try (CachedSchemaRegistryClient client = new CachedSchemaRegistryClient("http://127.0.0.1:1", 5)) {
            assertThatThrownBy(client::getAllSubjects).isInstanceOf(ConnectException.class);
        }
    }
}
