package io.tillstream.streams.settlement;

import static io.tillstream.streams.settlement.Parts.DATE;
import static io.tillstream.streams.settlement.Parts.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.settlement.WaitingBatches.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettlementTopologyTest {
    private static final byte[] NO_KEY = null;
    private static final byte[] NO_VALUE = null;

    @TempDir
    Path stateDirectory;

    private final SchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private AvroCodec<SettlementPart> parts;
    private WaitingBatches waiting;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;
    private TestOutputTopic<String, SettlementBatch> output;

    @BeforeEach
    void start() throws Exception {
        SchemaRegistration.apply(registry);
        parts = AvroCodec.of(Topics.PARTS, SettlementPart.class, registry);
        waiting = new WaitingBatches(meters);
        open();
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldWriteABatchOnceWhenAllPartitionsAreThere() {
        send(part("tulsa", DATE, 2, 3));
        send(part("tulsa", DATE, 0, 3));
        assertThat(output.isEmpty()).isTrue();
        send(part("tulsa", DATE, 1, 3));

        KeyValue<String, SettlementBatch> written = output.readKeyValue();
        assertThat(written.key).isEqualTo("tulsa");
        assertThat(written.value)
                .isEqualTo(BatchTotals.add(
                        List.of(part("tulsa", DATE, 0, 3), part("tulsa", DATE, 1, 3), part("tulsa", DATE, 2, 3))));

        send(part("tulsa", DATE, 1, 3));
        assertThat(output.isEmpty()).isTrue();
    }

    @Test
    void shouldKeepTenantsWithALikeBeginningApart() {
        send(part("enid", DATE, 0, 2));
        send(part("enid-2", DATE, 1, 2));
        send(part("enid", DATE, 1, 2));
        send(part("enid-2", DATE, 0, 2));
        assertThat(output.readKeyValuesToList()).extracting(pair -> pair.key).containsExactly("enid", "enid-2");
    }

    @Test
    void shouldShowWhatWaits() {
        send(part("tulsa", DATE.plusDays(1), 0, 2));
        send(part("enid", DATE, 0, 3));
        send(part("enid", DATE, 1, 3));
        assertThat(gauge("tillstream.settlement.batches.waiting")).isEqualTo(2);
        assertThat(gauge("tillstream.settlement.oldest.waiting.closed.at"))
                .isEqualTo((double) Parts.closedAt(DATE).getEpochSecond());
        assertThat(waiting.oldest()).contains(new Waiting("enid-20261120", Parts.closedAt(DATE), 2, 3));

        send(part("enid", DATE, 2, 3));
        assertThat(gauge("tillstream.settlement.batches.waiting")).isEqualTo(1);
        send(part("tulsa", DATE.plusDays(1), 1, 2));
        assertThat(gauge("tillstream.settlement.batches.waiting")).isZero();
        assertThat(gauge("tillstream.settlement.oldest.waiting.closed.at")).isZero();
    }

    @Test
    void shouldShowWhatWaitedBeforeARestart() {
        MockProcessorContext<String, SettlementBatch> context = new MockProcessorContext<>();
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(SettlementTopology.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        AvroCodec<SettlementBatch> batches = AvroCodec.of(Topics.BATCHES, SettlementBatch.class, registry);
        PartKeeper before = new PartKeeper(parts, batches, waiting);
        before.init(context);
        before.process(new Record<>(NO_KEY, part("enid", DATE, 0, 3), 0));
        before.process(new Record<>(NO_KEY, part("enid", DATE, 1, 3), 0));
        before.close();
        assertThat(waiting.count()).isZero();

        PartKeeper after = new PartKeeper(parts, batches, waiting);
        after.init(context);
        assertThat(waiting.oldest()).contains(new Waiting("enid-20261120", Parts.closedAt(DATE), 2, 3));
        after.process(new Record<>(NO_KEY, part("enid", DATE, 2, 3), 0));
        assertThat(context.forwarded()).hasSize(1);
        assertThat(waiting.count()).isZero();
    }

    @Test
    void shouldStopWhenAPartConflicts() {
        send(part("tulsa", DATE, 0, 2));
        SettlementPart other = SettlementPart.newBuilder(part("tulsa", DATE, 0, 2))
                .setChainHead(Parts.hash(-1))
                .build();
        assertThatThrownBy(() -> send(other))
                .isInstanceOf(StreamsException.class)
                .hasRootCauseInstanceOf(BrokenSettlementException.class);
    }

    @Test
    void shouldStopWhenARecordIsUnreadable() {
        byte[] cut = parts.encode(part("tulsa", DATE, 0, 2));
        cut[0] = 1;
        assertThatThrownBy(() -> input.pipeInput(NO_KEY, cut)).isInstanceOf(StreamsException.class);
        assertThatThrownBy(() -> input.pipeInput(NO_KEY, NO_VALUE))
                .hasRootCauseMessage("A part without a value at settlement.parts partition 0 offset 1");
    }

    @Test
    void shouldRememberABoundedNumberOfCompletedBatches() {
        int days = BatchStore.COMPLETED_KEPT_MAX + 10;
        for (int day = 0; day < days; day++) {
            send(part("tulsa", DATE.plusDays(day), 0, 2));
            send(part("tulsa", DATE.plusDays(day), 1, 2));
        }
        assertThat(output.readValuesToList()).hasSize(days);
        assertThat(state()).hasSize(BatchStore.COMPLETED_KEPT_MAX);

        for (int day = 0; day < days; day++) {
            send(part("tulsa", DATE.plusDays(day), 1, 2));
        }
        assertThat(output.isEmpty()).isTrue();
        assertThat(waiting.count()).isZero();
    }

    @Test
    void shouldStillCompleteABatchThatWaitedWhileManyLaterOnesWereCompleted() {
        send(part("tulsa", DATE, 0, 2));
        for (int day = 1; day <= BatchStore.COMPLETED_KEPT_MAX + 1; day++) {
            send(part("tulsa", DATE.plusDays(day), 0, 1));
        }
        output.readValuesToList();
        send(part("tulsa", DATE, 1, 2));
        assertThat(output.readValue().getBatchId()).isEqualTo("tulsa-20261120");
    }

    /** Two tenants, five days, four partitions, every part up to three times: ten batches, each once. */
    @Test
    void shouldWriteEachBatchOnceWhateverOrderPartsComeIn() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<SettlementPart> all = new ArrayList<>();
            for (int i = 0; i < 2 * 5 * 4; i++) {
                SettlementPart part =
                        part(i % 2 == 0 ? "enid" : "tulsa", DATE.plusDays(10 * seed + i / 8), i / 2 % 4, 4);
                all.addAll(Collections.nCopies(1 + random.nextInt(3), part));
            }
            Collections.shuffle(all, random);
            all.forEach(this::send);
            assertThat(output.readValuesToList())
                    .as("seed %d", seed)
                    .extracting(SettlementBatch::getBatchId)
                    .doesNotHaveDuplicates()
                    .hasSize(10);
        }
        assertThat(waiting.count()).isZero();
    }

    private void open() {
        Properties properties = new Properties();
        properties.putAll(SettlementTopology.properties());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(SettlementTopology.build(registry, waiting), properties);
        input = driver.createInputTopic(Topics.PARTS.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
        output = driver.createOutputTopic(
                Topics.BATCHES.topicName(),
                new StringDeserializer(),
                AvroCodec.of(Topics.BATCHES, SettlementBatch.class, registry).deserializer());
    }

    private void send(SettlementPart part) {
        input.pipeInput(NO_KEY, parts.encode(part));
    }

    private List<KeyValue<String, byte[]>> state() {
        List<KeyValue<String, byte[]>> entries = new ArrayList<>();
        try (var all = driver.<String, byte[]>getKeyValueStore(SettlementTopology.STORE)
                .all()) {
            all.forEachRemaining(entries::add);
        }
        return entries;
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }
}
