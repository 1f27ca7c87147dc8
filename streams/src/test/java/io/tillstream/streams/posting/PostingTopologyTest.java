package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.batch.Polls;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wiring of posting in Kafka Streams: four sinks, keys, timestamps, the entry's partition, the store that is the journal. */
final class PostingTopologyTest {
    private static final byte[] NO_KEY = null;
    private static final Instant TIME = Instant.parse("2026-01-05T13:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PostingCodecs codecs = PostingCodecs.of(TestCodecs.registry());
    private final Script script = new Script(new Partition());
    private final List<Integer> placed = new ArrayList<>();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;
    private TestOutputTopic<byte[], byte[]> journal;
    private TestOutputTopic<byte[], Refused> refused;
    private TestOutputTopic<byte[], Quarantined> quarantined;
    private TestOutputTopic<byte[], SettlementPart> parts;

    @BeforeEach
    void start() {
        Topology topology = PostingTopology.build(
                codecs.registry(), 1, 0, meters, Decider::new, (topic, key, entry, partitions) -> {
                    placed.addAll(entry.partition().orElseThrow());
                    return entry.partition();
                });
        driver = new TopologyTestDriver(topology, properties());
        input = driver.createInputTopic(
                Topics.EVENTS.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
        journal = output(Topics.JOURNAL, new ByteArrayDeserializer());
        refused = output(Topics.REFUSED, codecs.refused().deserializer());
        quarantined = output(Topics.QUARANTINE, codecs.quarantined().deserializer());
        parts = output(Topics.PARTS, codecs.parts().deserializer());
        send(NO_KEY, codecs.terms().encode(new TenantTerms("tulsa", "USD", Script.FIRST_DATE, 5, 2, 100_000L)));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldWriteEntriesUnderTheInputsKeyAndTime() {
        send(bytes("key"), codecs.events().encode(script.event("CAPTURED p 1000 a=1000")));
        List<TestRecord<byte[], byte[]>> records = journal.readRecordsToList();
        assertThat(records).hasSize(2);
        assertThat(records.get(0).key()).isEqualTo(bytes("mark"));
        assertThat(records.get(1).key()).isEqualTo(bytes("key"));
        assertThat(records.get(1).getRecordTime()).isEqualTo(TIME);
        JournalEntry entry = codecs.journal().decode(records.get(1).value());
        assertThat(entry.getKind()).isEqualTo(EntryKind.RECORDED);
        assertThat(entry.getSourceOffset()).isEqualTo(1);
        assertThat(entry.getRecordedAt()).isEqualTo(TIME);
        assertThat(placed).containsExactly(0, 0);
        assertThat(refused.isEmpty()).isTrue();
        assertThat(quarantined.isEmpty()).isTrue();
        assertThat(parts.isEmpty()).isTrue();
    }

    @Test
    void shouldWriteRefusalsUnderTheInputsKey() {
        byte[] value = codecs.events().encode(script.event("CAPTURED p 0"));
        send(bytes("key"), value);
        TestRecord<byte[], Refused> record = refused.readRecord();
        assertThat(record.key()).isEqualTo(bytes("key"));
        assertThat(record.getRecordTime()).isEqualTo(TIME);
        assertThat(record.value().getReason()).isEqualTo(Refusal.AMOUNT_NOT_POSITIVE);
        assertThat(journal.readRecordsToList()).hasSize(1);
    }

    /** Streams lets no record out whose time is negative; it would stop at this one after each start. */
    @Test
    void shouldTakeTheBeginningOfTimeWhenAClientHasSentNone() {
        byte[] value = bytes("no event");
        ConsumerRecord<byte[], byte[]> untimed = new ConsumerRecord<>(
                Topics.EVENTS.topicName(),
                0,
                1,
                RecordBatch.NO_TIMESTAMP,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                value.length,
                NO_KEY,
                value,
                new RecordHeaders(),
                Optional.empty());
        input.pipeInput(new TestRecord<>(NO_KEY, null, Polls.headersOf(untimed), TIME));
        assertThat(quarantined.readRecord().getRecordTime()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void shouldWriteWhatItPutsAsideWithoutAKey() {
        send(bytes("key"), bytes("{}"));
        send(bytes("key"), null);
        assertThat(quarantined.readRecordsToList()).allSatisfy(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.getRecordTime()).isEqualTo(TIME);
        });
        send(bytes("key"), bytes("{\"a\":1}"));
        assertThat(quarantined.readValue().getReason()).isEqualTo(QuarantineReason.WRONG_MAGIC);
    }

    @Test
    void shouldWritePartsUnderTheBatchsId() {
        send(bytes("key"), codecs.events().encode(script.event("CAPTURED p 1000 a=1000")));
        sendClose();
        TestRecord<byte[], SettlementPart> record = parts.readRecord();
        assertThat(record.key()).isEqualTo(bytes("tulsa-20260105"));
        List<byte[]> entries = journal.readValuesToList();
        byte[] close = entries.get(2);
        assertThat(record.value().getChainHead())
                .isEqualTo(codecs.journal().decode(close).getHash());
        assertThat(record.value().getEntryCount()).isEqualTo(3);
        assertThat(placed).containsExactly(0, 0, 0);
    }

    @Test
    void shouldWriteReleasedEventsAfterTheCapture() {
        send(bytes("1"), codecs.events().encode(script.event("REFUNDED p 100")));
        send(bytes("2"), codecs.events().encode(script.event("CAPTURED p 1000 a=1000")));
        assertThat(journal.readValuesToList())
                .extracting(value -> codecs.journal().decode(value).getKind())
                .containsExactly(EntryKind.TERMS_SET, EntryKind.PARKED, EntryKind.RECORDED, EntryKind.RELEASED);
    }

    /** The journal is the changelog: what the sink writes is all that restoring needs, and the store writes nothing itself. */
    @Test
    void shouldHaveTheJournalAsTheStoresChangelog() {
        assertThat(PostingTopology.APPLICATION_ID + "-" + JournalStore.NAME + "-changelog")
                .isEqualTo(Topics.JOURNAL.topicName());
        send(bytes("1"), codecs.events().encode(script.event("CAPTURED p 1000 a=1000")));
        send(bytes("2"), codecs.events().encode(script.event("REFUNDED p 100")));
        sendClose();
        JournalStore store = (JournalStore) driver.getStateStore(JournalStore.NAME);
        List<byte[]> entries = journal.readValuesToList();
        assertThat(entries).hasSize(4);
        Ledger restored = Partition.restored(entries);
        Ledger live = store.ledger();
        assertThat(restored.chain().head()).isEqualTo(live.chain().head());
        assertThat(restored.nextSequence()).isEqualTo(live.nextSequence());
        assertThat(restored.balancesOf(restored.tenants().get(0)))
                .isEqualTo(live.balancesOf(live.tenants().get(0)));
    }

    @Test
    void shouldCountWhatComesOut() {
        send(NO_KEY, codecs.events().encode(script.event("CAPTURED p 1000")));
        send(NO_KEY, codecs.events().encode(script.event("CAPTURED p 1000")));
        send(NO_KEY, bytes("{}"));
        assertThat(meters.counter("tillstream.posting.entries").count()).isEqualTo(2);
        assertThat(meters.counter("tillstream.posting.refused", "reason", "DUPLICATE")
                        .count())
                .isEqualTo(1);
        assertThat(meters.counter("tillstream.posting.quarantined", "reason", "TOO_SHORT")
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("tillstream.posting.sequence").gauge().value()).isEqualTo(2);
        assertThat(meters.get("tillstream.posting.state.rows").gauge().value()).isEqualTo(1);
    }

    @Test
    void shouldForgetTheGaugesOfAPartitionThatItLoses() {
        assertThat(meters.find("tillstream.posting.sequence").gauge()).isNotNull();
        stop();
        assertThat(meters.find("tillstream.posting.sequence").gauge()).isNull();
        start();
    }

    @Test
    void shouldReadOneTopicAndWriteFour() {
        Topology topology = PostingTopology.build(codecs.registry(), 4, 0, meters);
        Set<String> read = new HashSet<>();
        Set<String> written = new HashSet<>();
        for (TopologyDescription.Subtopology subtopology : topology.describe().subtopologies()) {
            for (TopologyDescription.Node node : subtopology.nodes()) {
                if (node instanceof TopologyDescription.Source source) {
                    read.addAll(source.topicSet());
                } else if (node instanceof TopologyDescription.Sink sink) {
                    written.add(sink.topic());
                }
            }
        }
        assertThat(topology.describe().subtopologies()).hasSize(1);
        assertThat(read).containsExactly("payments.events");
        assertThat(written)
                .containsExactlyInAnyOrder(
                        "ledger-journal-changelog", "payments.refused", "payments.quarantine", "settlement.parts");
    }

    private void sendClose() {
        send(
                NO_KEY,
                codecs.closes()
                        .encode(new BusinessDayClose(
                                "tulsa", Script.FIRST_DATE, Script.FIRST_DATE.plusDays(1), Instant.EPOCH)));
    }

    private void send(byte[] key, byte[] value) {
        input.pipeInput(new TestRecord<>(key, value, TIME));
    }

    private <T> TestOutputTopic<byte[], T> output(Topics topic, Deserializer<T> deserializer) {
        return driver.createOutputTopic(topic.topicName(), new ByteArrayDeserializer(), deserializer);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, PostingTopology.APPLICATION_ID);
        return properties;
    }
}
