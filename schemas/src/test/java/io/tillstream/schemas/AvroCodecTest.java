package io.tillstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AvroCodecTest {
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final RandomRecords random = new RandomRecords(12);
    private AvroCodec<PaymentEvent> codec;

    @BeforeEach
    void register() throws IOException {
        SchemaRegistration.apply(registry);
        codec = AvroCodec.of(Topics.EVENTS, PaymentEvent.class, registry);
    }

    @Test
    void shouldReadWhatItWrote() {
        for (int i = 0; i < 500; i++) {
            PaymentEvent event = random.event();
            assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
            assertThat(codec.deserializer().deserialize("", codec.serializer().serialize("", event)))
                    .isEqualTo(event);
        }
        assertThat(codec.serializer().serialize("", null)).isNull();
        assertThat(codec.deserializer().deserialize("", null)).isNull();
    }

    @Test
    void shouldWriteWhatAnyAvroReaderReads() throws Exception {
        PaymentEvent event = random.event();
        byte[] value = codec.encode(event);
        Schema writerSchema = ((AvroSchema) registry.getSchemaById(WireFormat.schemaId(value))).rawSchema();
        GenericRecord record = new GenericDatumReader<GenericRecord>(writerSchema, writerSchema, new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
        assertThat(record.get("tenant").toString()).isEqualTo(event.getTenant());
        assertThat(record.get("amount")).isEqualTo(event.getAmount());
        assertThat((List<?>) record.get("items")).hasSize(event.getItems().size());
    }

    @Test
    void shouldResolveAnOlderVersion() throws Exception {
        Schema older = withoutField(PaymentEvent.SCHEMA$, "card");
        byte[] value = encode(older, copy(random.event(), older));
        PaymentEvent read = codec.decode(value);
        assertThat(read.getCard()).isNull();
        assertThat(read.getTenant()).isNotNull();
        assertThat(codec.decode(codec.encode(read))).isEqualTo(read);
    }

    @Test
    void shouldResolveANewerVersion() throws Exception {
        List<Schema.Field> fields = fieldsOf(PaymentEvent.SCHEMA$);
        fields.add(new Schema.Field("loyalty", Schema.create(Schema.Type.STRING), "Newer", ""));
        Schema newer = Schema.createRecord("PaymentEvent", null, "io.tillstream.schemas", false, fields);
        PaymentEvent event = random.event();
        GenericRecord record = copy(event, newer);
        record.put("loyalty", "gold");
        assertThat(codec.decode(encode(newer, record))).isEqualTo(event);
    }

    @Test
    void shouldNotAskTheRegistryTwice() throws Exception {
        Schema older = withoutField(PaymentEvent.SCHEMA$, "card");
        byte[] value = encode(older, copy(random.event(), older));
        Unreachable unreachable = new Unreachable(registry);
        AvroCodec<PaymentEvent> remembering = AvroCodec.of(Topics.EVENTS, PaymentEvent.class, unreachable);
        remembering.decode(value);
        unreachable.answers = false;
        assertThat(remembering.decode(value)).isEqualTo(codec.decode(value));
    }

    @Test
    void shouldSayWhichSchemaIsUnknown() {
        byte[] value = codec.encode(random.event());
        WireFormat.writeHeader(value, 4711);
        assertReason(value, QuarantineReason.UNKNOWN_SCHEMA);
    }

    @Test
    void shouldRefuseAnotherRecord() {
        AvroCodec<TenantTerms> terms = AvroCodec.of(Topics.EVENTS, TenantTerms.class, registry);
        assertReason(terms.encode(random.terms()), QuarantineReason.WRONG_SCHEMA);
    }

    @Test
    void shouldRefuseTrailingBytes() {
        byte[] value = codec.encode(random.event());
        assertReason(Arrays.copyOf(value, value.length + 1), QuarantineReason.TRAILING_BYTES);
    }

    @Test
    void shouldRefuseARecordCutAtAnyByte() {
        AvroCodec<JournalEntry> journal = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry);
        for (int i = 0; i < 10; i++) {
            byte[] value = journal.encode(random.entry());
            for (int length = 0; length < value.length; length++) {
                byte[] cut = Arrays.copyOf(value, length);
                assertThatThrownBy(() -> journal.decode(cut))
                        .isInstanceOfSatisfying(
                                UnreadableRecordException.class,
                                e -> assertThat(e.reason())
                                        .isEqualTo(
                                                cut.length < 5
                                                        ? QuarantineReason.TOO_SHORT
                                                        : QuarantineReason.MALFORMED));
            }
        }
    }

    @Test
    void shouldReadChangedRecordsOrRefuseThem() {
        AvroCodec<JournalEntry> journal = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry);
        Random changes = new Random(12);
        for (int i = 0; i < 10_000; i++) {
            byte[] value = journal.encode(random.entry());
            value[5 + changes.nextInt(value.length - 5)] = (byte) changes.nextInt();
            try {
                assertThat(journal.decode(value)).isNotNull();
            } catch (UnreadableRecordException e) {
                assertThat(e.getCause()).isNull();
            }
        }
    }

    @Test
    void shouldNotPutARecordAsideWhenTheRegistryDoesNotAnswer() {
        Unreachable unreachable = new Unreachable(registry);
        AvroCodec<PaymentEvent> waiting = AvroCodec.of(Topics.EVENTS, PaymentEvent.class, unreachable);
        unreachable.answers = false;
        PaymentEvent event = random.event();
        byte[] value = waiting.encode(event);
        assertThat(waiting.decode(value)).isEqualTo(event);
        WireFormat.writeHeader(value, 4711);
        assertThatThrownBy(() -> waiting.decode(value)).isInstanceOf(UncheckedIOException.class);
        unreachable.status = 500;
        assertThatThrownBy(() -> waiting.decode(value)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void shouldSayWhatToDoWhenTheSchemaIsNotRegistered() {
        assertThatThrownBy(() -> AvroCodec.of(Topics.EVENTS, PaymentEvent.class, new MockSchemaRegistryClient()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("payments.events-io.tillstream.schemas.PaymentEvent")
                .hasMessageContaining("topics apply");
    }

    private void assertReason(byte[] value, QuarantineReason reason) {
        assertThatThrownBy(() -> codec.decode(value))
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private byte[] encode(Schema schema, GenericRecord record) throws IOException, RestClientException {
        int id = registry.register(Topics.EVENTS.subject(PaymentEvent.SCHEMA$), new AvroSchema(schema));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = new byte[WireFormat.HEADER_BYTES];
        WireFormat.writeHeader(header, id);
        out.write(header);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(record, encoder);
        return out.toByteArray();
    }

    /** The event's values under another schema that has the same fields or fewer. */
    private GenericRecord copy(PaymentEvent event, Schema schema) throws IOException {
        byte[] value = codec.encode(event);
        GenericRecord same = new GenericDatumReader<GenericRecord>(
                        PaymentEvent.SCHEMA$, PaymentEvent.SCHEMA$, new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
        GenericRecord copy = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            if (same.hasField(field.name())) {
                copy.put(field.name(), same.get(field.name()));
            }
        }
        return copy;
    }

    private static Schema withoutField(Schema schema, String name) {
        List<Schema.Field> fields = fieldsOf(schema);
        if (!fields.removeIf(field -> field.name().equals(name))) {
            throw new AvroRuntimeException("No field " + name);
        }
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    private static List<Schema.Field> fieldsOf(Schema schema) {
        List<Schema.Field> fields = new java.util.ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        return fields;
    }

    /** A registry that answers until it is told not to. */
    private static final class Unreachable extends MockSchemaRegistryClient {
        private final MockSchemaRegistryClient behind;
        private boolean answers = true;
        private int status;

        Unreachable(MockSchemaRegistryClient behind) {
            this.behind = behind;
        }

        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            if (answers) {
                return behind.getSchemaById(id);
            }
            if (status > 0) {
                throw new RestClientException("Overloaded", status, status * 100);
            }
            throw new IOException("Connection refused");
        }

        @Override
        public int getId(String subject, ParsedSchema schema) throws IOException, RestClientException {
            return behind.getId(subject, schema);
        }
    }
}
