package io.tillstream.streams.detection;

import static java.util.Map.entry;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillstream.schemas.Anomaly;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.rocksdb.BoundedRocksDb;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Table of contents of detection: journal in, anomalies out. */
public final class DetectionTopology {
    /** Kafka's application.id: consumer group, transactional ids, repartition and changelog topics begin with it. */
    public static final String APPLICATION_ID = "detection";

    static final String STORE = "attempts";

    private DetectionTopology() {}

    /**
     * The way of an attempt. The journal is partitioned by payment, so attempts are brought together by subject on the topic
     * {@code detection-by-subject-repartition}. Output key: the tenant's name in UTF-8; output time: that of the journal
     * record.
     *
     * @param rules thresholds
     * @param registry where JournalEntry and Anomaly are registered
     * @param meters where counts go
     * @throws IllegalStateException if a schema is not registered
     */
    public static Topology build(DetectionRules rules, SchemaRegistryClient registry, MeterRegistry meters) {
        DetectionMeters counts = new DetectionMeters(meters);
        Serde<JournalEntry> entries = serde(AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry));
        Serde<Anomaly> anomalies = serde(AvroCodec.of(Topics.ANOMALIES, Anomaly.class, registry));
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        Topics.JOURNAL.topicName(),
                        Consumed.with(Serdes.ByteArray(), entries).withName("journal"))
                .process(() -> new AttemptExtractor(counts), Named.as("attempts"))
                .repartition(Repartitioned.with(StateCodec.subjects(), StateCodec.attempts())
                        .withName("by-subject"))
                .process(new WatcherSupplier(rules, counts), Named.as("watch"))
                .to(
                        Topics.ANOMALIES.topicName(),
                        Produced.with(Serdes.String(), anomalies).withName("anomalies"));
        return builder.build();
    }

    /** What this application needs of Kafka Streams; servers, state.dir, threads and replication come from settings. */
    public static Map<String, Object> properties() {
        return Map.ofEntries(
                entry(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID),
                entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200),
                entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 16L << 20),
                entry(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class),
                entry(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class));
    }

    private record WatcherSupplier(DetectionRules rules, DetectionMeters meters)
            implements ProcessorSupplier<Subject, Attempt, String, Anomaly> {
        @Override
        public Processor<Subject, Attempt, String, Anomaly> get() {
            return new AttemptWatcher(rules, meters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(store(rules));
        }
    }

    private static StoreBuilder<WindowStore<Subject, Bucket>> store(DetectionRules rules) {
        // A late attempt needs the bucket before its own, and the bucket's start lies up to a window before the
        // attempt.
        Duration retention = rules.lateness().plus(rules.window().multipliedBy(3));
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(STORE, retention, rules.window(), false),
                        StateCodec.subjects(),
                        StateCodec.buckets())
                // A popular BIN's bucket changes many times between two commits; its changelog gets the last.
                .withCachingEnabled();
    }

    private static <T extends SpecificRecord> Serde<T> serde(AvroCodec<T> codec) {
        return Serdes.serdeFrom(codec.serializer(), codec.deserializer());
    }
}
