package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Topics;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Posting with Kafka Streams' DSL and stores in RocksDB: drop what the window store of event ids has seen, post to the payment, add
 * to the balances, write an entry. Balances are kept per partition, as posting keeps them: no repartition topic, which favours this
 * peer. With the option {@code tuned} what an expert would change.
 */
public final class DslMain {
    /** Settings' option. */
    public static final String TUNED = "tuned";

    static final String SEEN = "seen";
    static final String PAYMENTS = "payments";
    static final String BALANCES = "balances";
    static final Duration REMEMBERED = Duration.ofDays(1);

    private DslMain() {}

    /** @param arguments the settings' file */
    public static void main(String[] arguments) {
        PeerSettings settings = PeerSettings.load(arguments);
        boolean tuned = settings.option().equals(TUNED);
        PeerStreams.run(topology(settings, tuned), properties(settings, tuned));
    }

    private static Properties properties(PeerSettings settings, boolean tuned) {
        Properties properties = tuned ? PeerStreams.tuned(settings) : PeerStreams.defaults(settings);
        if (tuned) {
            properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, TunedRocksDb.class);
            properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64L << 20);
        }
        return properties;
    }

    private static Topology topology(PeerSettings settings, boolean tuned) {
        Serde<byte[]> keys = Serdes.ByteArray();
        Serde<PaymentEvent> events = PeerSerde.of(settings, Topics.EVENTS, PaymentEvent.class, tuned);
        Serde<JournalEntry> entries = PeerSerde.of(settings, Topics.JOURNAL, JournalEntry.class, tuned);
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(tuned ? seenByKey() : seenInWindows());
        builder.addStateStore(payments(tuned));
        builder.addStateStore(balances());
        builder.stream(settings.input(), Consumed.with(keys, events))
                .filter((key, event) -> event != null)
                .processValues(tuned ? DropSeenByKey::new : DropSeenInWindows::new, SEEN)
                .processValues(PostToPayment::new, PAYMENTS)
                .processValues(AddToBalances::new, BALANCES)
                .to(settings.output(), Produced.with(keys, entries));
        return builder.build();
    }

    private static StoreBuilder<?> seenInWindows() {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(SEEN, REMEMBERED, REMEMBERED, false), Serdes.UUID(), Serdes.Long());
    }

    /** Looks up one key, which a bloom filter answers; a window store's fetch is a range, which it can't. Not cached: each id is new. */
    private static StoreBuilder<KeyValueStore<Bytes, Long>> seenByKey() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(SEEN), Serdes.Bytes(), Serdes.Long())
                .withCachingDisabled();
    }

    private static StoreBuilder<KeyValueStore<Bytes, PaymentState>> payments(boolean tuned) {
        Serde<PaymentState> states = Serdes.serdeFrom(
                (topic, state) -> state == null ? null : state.toBytes(),
                (topic, bytes) -> bytes == null ? null : PaymentState.of(bytes));
        StoreBuilder<KeyValueStore<Bytes, PaymentState>> store =
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(PAYMENTS), Serdes.Bytes(), states);
        return tuned ? store.withCachingDisabled() : store.withCachingEnabled();
    }

    private static StoreBuilder<KeyValueStore<String, Long>> balances() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(BALANCES), Serdes.String(), Serdes.Long())
                .withCachingEnabled();
    }
}
