package io.tillstream.streams.posting;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tillstream.schemas.SchemaRegistration;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Codecs over a registry in memory that knows every schema of the catalogue. */
final class TestCodecs {
    private static final PostingCodecs SHARED = PostingCodecs.of(registry());

    private TestCodecs() {}

    static PostingCodecs shared() {
        return SHARED;
    }

    static MockSchemaRegistryClient registry() {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        try {
            SchemaRegistration.apply(registry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return registry;
    }
}
