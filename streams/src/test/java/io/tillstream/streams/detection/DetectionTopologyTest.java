package io.tillstream.streams.detection;

import static io.tillstream.streams.detection.Journal.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.schemas.Anomaly;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Card;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DetectionTopologyTest {
    private static final byte[] NO_KEY = null;
    private static final byte[] NO_VALUE = null;

    @TempDir
    Path stateDirectory;

    private final SchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private AvroCodec<JournalEntry> entries;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;
    private TestOutputTopic<String, Anomaly> output;

    @BeforeEach
    void start() throws Exception {
        open(DetectionTopology.properties());
    }

    private void open(Map<String, Object> needs) throws Exception {
        SchemaRegistration.apply(registry);
        entries = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry);
        Properties properties = new Properties();
        properties.putAll(needs);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(
                DetectionTopology.build(DetectionRules.defaults(), registry, meters), properties);
        input = driver.createInputTopic(
                Topics.JOURNAL.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
        output = driver.createOutputTopic(
                Topics.ANOMALIES.topicName(),
                new StringDeserializer(),
                AvroCodec.of(Topics.ANOMALIES, Anomaly.class, registry).deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldWriteOneAnomalyForABurstFromOneSource() {
        for (int i = 0; i < 50; i++) {
            JournalEntry entry = Journal.declined(i, START.plusMillis(i * 200L));
            entry.getEvent().getCard().setBin(String.format("4%05d", i));
            send(entry);
        }
        TestRecord<String, Anomaly> written = output.readRecord();
        assertThat(written.key()).isEqualTo("tulsa");
        assertThat(written.value().getRule()).isEqualTo("SOURCE_TESTING");
        assertThat(written.value().getSubject()).isEqualTo("ip-1");
        assertThat(written.value().getAttempts()).isEqualTo(6);
        assertThat(written.value().getDetectedAt()).isEqualTo(START.plusMillis(5 * 200));
        assertThat(output.isEmpty()).isTrue();
        assertThat(meters.get("tillstream.detection.attempts").counter().count())
                .isEqualTo(50);
        assertThat(meters.get("tillstream.detection.anomalies")
                        .tag("rule", "SOURCE_TESTING")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldWriteOneAnomalyForABinTriedFromManySources() {
        for (int i = 0; i < 30; i++) {
            JournalEntry entry = Journal.declined(i, START.plusSeconds(i * 5L));
            entry.getEvent().setSource(new Source("ip-" + i, "", "", "", "", ""));
            entry.getEvent().setCard(new Card("", "41111122", String.format("%04d", i), ""));
            send(entry);
        }
        List<Anomaly> found = output.readValuesToList();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).getRule()).isEqualTo("BIN_TESTING");
        assertThat(found.get(0).getSubject()).isEqualTo("41111122");
        assertThat(found.get(0).getEvidence()).hasSize(12);
    }

    @Test
    void shouldSkipWhatIsNoAttempt() {
        for (int i = 0; i < 50; i++) {
            JournalEntry entry = Journal.declined(i, START.plusMillis(i * 200L));
            entry.setKind(i % 2 == 0 ? EntryKind.PARKED : EntryKind.RELEASE_REFUSED);
            send(entry);
        }
        assertThat(output.isEmpty()).isTrue();
        assertThat(meters.get("tillstream.detection.attempts").counter().count())
                .isZero();
    }

    @Test
    void shouldForgetSubjectsAfterTheLatenessAndCountWhatComesLater() {
        for (int i = 0; i < 5; i++) {
            send(Journal.declined(i, START.plusMillis(i)));
        }
        for (int hour = 1; hour <= 6; hour++) {
            JournalEntry other = Journal.approved(1000 + hour, START.plusSeconds(3600L * hour));
            other.getEvent().setSource(new Source("ip-2", "", "", "", "", ""));
            send(other);
        }
        send(Journal.declined(5, START.plusMillis(5)));
        assertThat(output.isEmpty()).isTrue();
        // Once for its source and once for its BIN.
        assertThat(meters.get("tillstream.detection.late.attempts").counter().count())
                .isEqualTo(2);
    }

    /** One source every five minutes for two days: the store holds the lateness and what its segments round up to. */
    @Test
    void shouldKeepABoundedStore() throws Exception {
        driver.close();
        Map<String, Object> withoutCache = new HashMap<>(DetectionTopology.properties());
        withoutCache.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        open(withoutCache);
        for (int minute = 0; minute < 2 * 24 * 60; minute += 5) {
            JournalEntry entry = Journal.approved(minute, START.plusSeconds(60L * minute));
            entry.getEvent().setSource(new Source("ip-" + minute, "", "", "", "", ""));
            entry.getEvent().getCard().setBin("");
            send(entry);
        }
        int kept = 0;
        try (var all = driver.getWindowStore(DetectionTopology.STORE).all()) {
            for (; all.hasNext(); all.next()) {
                kept++;
            }
        }
        assertThat(kept).isBetween(24, 60);
    }

    @Test
    void shouldStopWhenARecordIsUnreadable() {
        byte[] cut = entries.encode(Journal.declined(1, START));
        cut[0] = 1;
        assertThatThrownBy(() -> input.pipeInput(NO_KEY, cut)).isInstanceOf(StreamsException.class);
        assertThatThrownBy(() -> input.pipeInput(NO_KEY, NO_VALUE))
                .hasRootCauseMessage(
                        "A journal record without a value at ledger-journal-changelog partition 0 offset 1");
    }

    private void send(JournalEntry entry) {
        Instant recordedAt = entry.getRecordedAt();
        input.pipeInput(new TestRecord<>(NO_KEY, entries.encode(entry), recordedAt));
    }
}
