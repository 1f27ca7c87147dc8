package io.tillstream.streams.settlement;

import static java.util.Map.entry;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.rocksdb.BoundedRocksDb;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Table of contents of settlement: parts in, batches out. */
public final class SettlementTopology {
    /** Kafka's application.id: consumer group, transactional ids and changelog topics begin with it. */
    public static final String APPLICATION_ID = "settlement";

    static final String STORE = "batches";

    private SettlementTopology() {}

    /**
     * The way of a part. Output key: the tenant's name in UTF-8; output time: that of the part that completed the batch.
     *
     * @param registry where SettlementPart and SettlementBatch are registered
     * @param waiting told what is waiting, for metrics
     * @throws IllegalStateException if a schema is not registered
     */
    public static Topology build(SchemaRegistryClient registry, WaitingBatches waiting) {
        AvroCodec<SettlementPart> parts = AvroCodec.of(Topics.PARTS, SettlementPart.class, registry);
        AvroCodec<SettlementBatch> batches = AvroCodec.of(Topics.BATCHES, SettlementBatch.class, registry);
        return new Topology()
                .addSource("parts", new ByteArrayDeserializer(), parts.deserializer(), Topics.PARTS.topicName())
                .addProcessor("completion", () -> new PartKeeper(parts, batches, waiting), "parts")
                .addStateStore(store(), "completion")
                .addSink(
                        "batches",
                        Topics.BATCHES.topicName(),
                        new StringSerializer(),
                        batches.serializer(),
                        "completion");
    }

    /** What this application needs of Kafka Streams; servers, state.dir, threads and replication come from settings. */
    public static Map<String, Object> properties() {
        return Map.ofEntries(
                entry(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID),
                entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200),
                entry(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class),
                entry(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class));
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray());
    }
}
