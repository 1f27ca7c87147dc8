package io.tillstream.local.tenants;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import java.util.Map;

/** Reads the topic {@code tenants} whole. */
public final class TenantsTopic {
    private TenantsTopic() {}

    /**
     * The latest record of every city, by id.
     *
     * @throws IllegalStateException if the broker does not give the topic within 30 s, or the topic is not there
     */
    public static Map<String, Tenant> read(KafkaSettings kafka, SchemaRegistryClient registry) {
        return LatestRecords.read(kafka, Topics.TENANTS, AvroCodec.of(Topics.TENANTS, Tenant.class, registry));
    }
}
