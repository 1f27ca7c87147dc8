package io.tillstream.schemas;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;

/** Connects to a schema registry that speaks Confluent's API. */
public final class Registries {
    private static final int SCHEMAS_CACHED_MAX = 1000;

    private Registries() {}

    /** A client for the registry at {@code url}; it connects with the first call. */
    public static SchemaRegistryClient connect(String url) {
        return new CachedSchemaRegistryClient(url, SCHEMAS_CACHED_MAX);
    }
}
