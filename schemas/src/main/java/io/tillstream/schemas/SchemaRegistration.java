package io.tillstream.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Registers every schema of the catalogue with compatibility BACKWARD_TRANSITIVE. */
public final class SchemaRegistration {
    /** Every new version can read what any earlier one wrote. */
    public static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

    /** A subject and the id under which the registry keeps its schema. */
    public record Registered(String subject, int schemaId) {}

    private SchemaRegistration() {}

    /**
     * Registers all; what is registered already keeps its id.
     *
     * @throws IllegalStateException with the subject and the registry's reason, if a schema is not compatible
     */
    public static List<Registered> apply(SchemaRegistryClient registry) throws IOException {
        List<Registered> registered = new ArrayList<>();
        for (Topics topic : Topics.values()) {
            for (Schema schema : topic.schemas()) {
                registered.add(register(registry, topic.subject(schema), schema));
            }
        }
        return registered;
    }

    private static Registered register(SchemaRegistryClient registry, String subject, Schema schema)
            throws IOException {
        try {
            registry.updateCompatibility(subject, COMPATIBILITY);
            return new Registered(subject, registry.register(subject, new AvroSchema(schema)));
        } catch (RestClientException e) {
            throw new IllegalStateException("Schema registry refused " + subject + ": " + e.getMessage(), e);
        }
    }
}
