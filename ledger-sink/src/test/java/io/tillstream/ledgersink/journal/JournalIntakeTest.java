package io.tillstream.ledgersink.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tillstream.ledgersink.intake.BrokenInputException;
import io.tillstream.ledgersink.intake.Position;
import io.tillstream.ledgersink.intake.Rows;
import io.tillstream.ledgersink.testing.Feed;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TestEvent;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.HashChain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
final class JournalIntakeTest {
    private static final TopicPartition PARTITION = Feed.journal(0);
    private static final AvroCodec<JournalEntry> CODEC = Storing.journalCodec();

    private final JournalIntake intake = new JournalIntake(CODEC);
    private final JournalScript script = new JournalScript(CODEC, 1);

    @BeforeEach
    void write() {
        script.terms("ada", LocalDate.of(2026, 3, 2));
        for (int i = 1; i <= 5; i++) {
            capture(i);
        }
        script.close("ada");
    }

    private void capture(int number) {
        script.record(
                0,
                TestEvent.event(
                        "ada",
                        PaymentEventType.CAPTURED,
                        number,
                        number,
                        100,
                        TestEvent.item("water", "00123", 60),
                        TestEvent.item("park", "", 40)),
                "clearing:acme",
                "clearing:acme",
                100L,
                "fund:water",
                -60L,
                "fund:park",
                -40L);
    }

    @Test
    void shouldMoveBehindTheLastEntryWhenTheChainHolds() {
        Rows rows = Feed.read(intake, PARTITION, script.values(0));

        byte[] last = script.values(0).get(6);
        Hash head = new Hash(Arrays.copyOfRange(last, last.length - 32, last.length));
        assertThat(rows.after()).isEqualTo(Map.of(PARTITION, new Position(Feed.offset(6) + 1, 7, head)));
        assertThat(rows.records()).isEqualTo(7);
    }

    @Test
    void shouldGoOnFromAStoredPositionWhenReadInPieces() {
        List<byte[]> values = script.values(0);
        Map<TopicPartition, Position> whole =
                Feed.read(intake, PARTITION, values).after();
        for (int cut = 1; cut < values.size(); cut++) {
            Map<TopicPartition, Position> first = intake.read(
                            Feed.poll(PARTITION, values, 0, cut), Feed.start(PARTITION))
                    .after();
            assertThat(intake.read(Feed.poll(PARTITION, values, cut, values.size()), first)
                            .after())
                    .isEqualTo(whole);
        }
    }

    @Test
    void shouldStopWithThePlaceWhenAnEntryIsMissing() {
        List<byte[]> values = new ArrayList<>(script.values(0));
        values.remove(3);
        assertBroken(values, "journal partition 0, sequence 3 expected, offset 9: the entry has sequence 4");
    }

    @Test
    void shouldStopWithThePlaceWhenAnEntryCameTwice() {
        List<byte[]> values = new ArrayList<>(script.values(0));
        values.add(4, values.get(3));
        assertBroken(values, "journal partition 0, sequence 4 expected, offset 12: the entry has sequence 3");
    }

    @Test
    void shouldStopWhenEntriesAreReordered() {
        List<byte[]> values = new ArrayList<>(script.values(0));
        Collections.swap(values, 2, 3);
        assertBroken(values, "sequence 2 expected, offset 6: the entry has sequence 3");
    }

    @Test
    void shouldStopWhenTheFirstEntryIsNotTheFirstOfTheJournal() {
        assertBroken(script.values(0).subList(1, 6), "sequence 0 expected, offset 0: the entry has sequence 1");
    }

    /** Every bit of an entry counts, also those that no column holds. */
    @ParameterizedTest
    @ValueSource(ints = {6, 7, 30, 60, 100, 150, -33, -32, -1})
    void shouldStopWhenOneByteOfAnEntryIsChanged(int at) {
        List<byte[]> values = new ArrayList<>(script.values(0));
        byte[] changed = values.get(2).clone();
        changed[at < 0 ? changed.length + at : at] ^= 2;
        values.set(2, changed);
        assertThatThrownBy(() -> Feed.read(intake, PARTITION, values))
                .isInstanceOf(BrokenInputException.class)
                .hasMessageContaining("journal partition 0")
                .hasMessageContaining("offset 6");
    }

    @Test
    void shouldStopWhenTheEntryBelongsToAnotherPartition() {
        assertThatThrownBy(() -> Feed.read(intake, Feed.journal(1), script.values(0)))
                .isInstanceOf(BrokenInputException.class)
                .hasMessageContaining("names partition 0");
    }

    @Test
    void shouldStopWhenPostingsDoNotAddUpToZero() {
        script.record(
                0,
                TestEvent.event("ada", PaymentEventType.CAPTURED, 9, 9, 100),
                "clearing:acme",
                "clearing:acme",
                100L,
                "unapplied",
                -99L);
        assertBroken(script.values(0), "sequence 7 expected, offset 21: the entry has postings that add up to 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5, 36, 37, 38, 60, 200})
    void shouldStopWhenAnEntryIsCutOff(int length) {
        List<byte[]> values = new ArrayList<>(script.values(0));
        values.set(2, Arrays.copyOf(values.get(2), length));
        assertThatThrownBy(() -> Feed.read(intake, PARTITION, values))
                .isInstanceOf(BrokenInputException.class)
                .hasMessageContaining("sequence 2 expected, offset 6");
    }

    @Test
    void shouldStopWhenAValueIsNull() {
        List<byte[]> values = new ArrayList<>(script.values(0));
        values.set(2, null);
        assertBroken(values, "The value is null");
    }

    /** An entry of another version is resolved by Avro; the chain goes over the bytes as they were written. */
    @Test
    void shouldReadAnEntryOfAnotherSchemaVersion() throws Exception {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        SchemaRegistration.apply(registry);
        Schema newer = withOneMoreField(JournalEntry.SCHEMA$);
        int newerId = registry.register(Topics.JOURNAL.subject(JournalEntry.SCHEMA$), new AvroSchema(newer));
        AvroCodec<JournalEntry> codec = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry);
        List<byte[]> values = new ArrayList<>();
        HashChain chain = new HashChain();
        for (byte[] value : script.values(0)) {
            byte[] rewritten = rewrite(value, newer, newerId);
            chain.seal(rewritten);
            values.add(rewritten);
        }

        Rows rows = Feed.read(new JournalIntake(codec), PARTITION, values);

        assertThat(rows.records()).isEqualTo(7);
        assertThat(rows.after().get(PARTITION).chainHead()).isEqualTo(new Hash(chain.head()));
    }

    private static Schema withOneMoreField(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            if (field.name().equals("hash")) {
                fields.add(new Schema.Field("added", Schema.create(Schema.Type.STRING), null, ""));
            }
            fields.add(new Schema.Field(field, field.schema()));
        }
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    private static byte[] rewrite(byte[] value, Schema newer, int id) throws IOException {
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
        Object record = new GenericDatumReader<>(JournalEntry.SCHEMA$, newer).read(null, in);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = new byte[5];
        WireFormat.writeHeader(header, id);
        out.write(header);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(newer).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** What the checks are worth: with one off the other still catches it, with both off a hole goes into the ledger. */
    @Test
    void shouldLetAGapThroughOnlyWhenBothMutantsAreOn() {
        List<byte[]> values = new ArrayList<>(script.values(0));
        values.remove(3);
        assertThatThrownBy(() -> Feed.read(new JournalIntake(CODEC, false, true), PARTITION, values))
                .hasMessageContaining("does not follow the hash");
        assertThatThrownBy(() -> Feed.read(new JournalIntake(CODEC, true, false), PARTITION, values))
                .hasMessageContaining("has sequence 4");
        assertThat(Feed.read(new JournalIntake(CODEC, false, false), PARTITION, values)
                        .records())
                .isEqualTo(6);
    }

    private void assertBroken(List<byte[]> values, String message) {
        assertThatThrownBy(() -> Feed.read(intake, PARTITION, values))
                .isInstanceOf(BrokenInputException.class)
                .hasMessageContaining(message);
    }
}
