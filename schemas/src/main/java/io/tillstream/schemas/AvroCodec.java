package io.tillstream.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Reads and writes one record type of one topic in the wire format. Records of other writer versions are resolved with the
 * writer's schema from the registry. Safe for use by several threads.
 *
 * @param <T> the generated record
 */
public final class AvroCodec<T extends SpecificRecord> {
    private static final int HTTP_NOT_FOUND = 404;

    static {
        TrustedRecords.trust();
    }

    private final Schema schema;
    private final SpecificData data;
    private final SchemaRegistryClient registry;
    private final int schemaId;
    private final DatumWriter<T> writer;
    private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();

    private AvroCodec(Schema schema, SpecificData data, SchemaRegistryClient registry, int schemaId) {
        this.schema = schema;
        this.data = data;
        this.registry = registry;
        this.schemaId = schemaId;
        this.writer = newWriter(data, schema);
        readers.put(schemaId, newReader(data, schema, schema));
    }

    /**
     * A codec whose schema id is looked up once, here, so that a registry that goes away later stops nothing.
     *
     * @throws IllegalStateException if the schema is not registered (run {@code topics apply}) or the registry does not answer
     */
    public static <T extends SpecificRecord> AvroCodec<T> of(
            Topics topic, Class<T> type, SchemaRegistryClient registry) {
        SpecificData data = SpecificData.getForClass(type);
        data.setFastReaderEnabled(true);
        Schema schema = data.getSchema(type);
        String subject = topic.subject(schema);
        try {
            return new AvroCodec<>(schema, data, registry, registry.getId(subject, new AvroSchema(schema)));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(
                    "The schema registry does not know " + subject + " in this version; run `tillstream topics apply`: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Id of the schema that {@link #encode} writes. */
    public int schemaId() {
        return schemaId;
    }

    /** Header and Avro binary. */
    public byte[] encode(T record) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(512);
            byte[] header = new byte[WireFormat.HEADER_BYTES];
            WireFormat.writeHeader(header, schemaId);
            out.write(header);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            writer.write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The record.
     *
     * @throws UnreadableRecordException if the bytes are no record of this type
     * @throws UncheckedIOException if the writer's schema is not known here and the registry does not answer
     */
    public T decode(byte[] value) {
        DatumReader<T> reader = reader(WireFormat.schemaId(value));
        BinaryDecoder decoder = DecoderFactory.get()
                .binaryDecoder(value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null);
        try {
            T record = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UnreadableRecordException(
                        QuarantineReason.TRAILING_BYTES, "Bytes follow the record " + schema.getName());
            }
            return record;
        } catch (IOException
                | AvroRuntimeException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | UnsupportedOperationException e) { // the last for a length that no array can have
            // The cause's text may hold a piece of the value, so only its class is told.
            throw new UnreadableRecordException(
                    QuarantineReason.MALFORMED,
                    "Not a " + schema.getName() + ": " + e.getClass().getSimpleName());
        }
    }

    /** For Kafka producers and Streams. */
    public Serializer<T> serializer() {
        return (topic, record) -> record == null ? null : encode(record);
    }

    /** For Kafka consumers and Streams; null stays null. */
    public Deserializer<T> deserializer() {
        return (topic, value) -> value == null ? null : decode(value);
    }

    private DatumReader<T> reader(int writerId) {
        DatumReader<T> known = readers.get(writerId);
        return known != null ? known : resolve(writerId);
    }

    private DatumReader<T> resolve(int writerId) {
        Schema writerSchema = writerSchema(registry, writerId);
        if (!writerSchema.getFullName().equals(schema.getFullName())) {
            throw new UnreadableRecordException(
                    QuarantineReason.WRONG_SCHEMA,
                    "Schema id " + writerId + " is " + writerSchema.getFullName() + ", expected "
                            + schema.getFullName());
        }
        DatumReader<T> reader = newReader(data, writerSchema, schema);
        readers.put(writerId, reader);
        return reader;
    }

    /**
     * The schema under an id.
     *
     * @throws UnreadableRecordException UNKNOWN_SCHEMA if the registry does not know it
     * @throws UncheckedIOException if the registry does not answer
     */
    public static Schema writerSchema(SchemaRegistryClient registry, int writerId) {
        try {
            if (registry.getSchemaById(writerId) instanceof AvroSchema avro) {
                return avro.rawSchema();
            }
            throw new UnreadableRecordException(
                    QuarantineReason.UNKNOWN_SCHEMA, "Schema id " + writerId + " is not Avro");
        } catch (RestClientException e) {
            if (e.getStatus() != HTTP_NOT_FOUND) {
                throw new UncheckedIOException(
                        "The schema registry answered " + e.getStatus() + " for id " + writerId, new IOException(e));
            }
            throw new UnreadableRecordException(
                    QuarantineReason.UNKNOWN_SCHEMA, "The schema registry does not know id " + writerId);
        } catch (IOException e) {
            throw new UncheckedIOException("The schema registry does not answer for id " + writerId, e);
        }
    }

    @SuppressWarnings("unchecked") // createDatumReader is not generic in the model's interface
    private static <T> DatumReader<T> newReader(SpecificData data, Schema writerSchema, Schema schema) {
        return data.createDatumReader(writerSchema, schema);
    }

    @SuppressWarnings("unchecked")
    private static <T> DatumWriter<T> newWriter(SpecificData data, Schema schema) {
        return data.createDatumWriter(schema);
    }
}
