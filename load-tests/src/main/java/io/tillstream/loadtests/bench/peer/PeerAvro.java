package io.tillstream.loadtests.bench.peer;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.TrustedRecords;
import io.tillstream.schemas.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro as Confluent's SpecificRecord serializer uses it: generated classes, schema id in front. For one thread. With {@code fast},
 * what an expert turns on: Avro's fast reader, and encoder, decoder and buffer used again.
 */
public final class PeerAvro<T extends SpecificRecord> {
    private final int schemaId;
    private final boolean fast;
    private final SpecificDatumReader<T> reader;
    private final SpecificDatumWriter<T> writer;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;

    /** Looks the schema's id up. */
    public PeerAvro(String registryUrl, Topics topic, Class<T> type, boolean fast) {
        TrustedRecords.trust();
        this.fast = fast;
        SpecificData data = SpecificData.getForClass(type);
        data.setFastReaderEnabled(fast);
        Schema schema = data.getSchema(type);
        schemaId = idOf(Registries.connect(registryUrl), topic.subject(schema), schema);
        reader = new SpecificDatumReader<>(schema, schema, data);
        writer = new SpecificDatumWriter<>(schema, data);
    }

    private static int idOf(SchemaRegistryClient registry, String subject, Schema schema) {
        try {
            return registry.getId(subject, new AvroSchema(schema));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException("The registry does not know " + subject, e);
        }
    }

    /** Whether a value is of this type. */
    public boolean isMine(byte[] value) {
        return WireFormat.schemaId(value) == schemaId;
    }

    /** Id of the schema. */
    public int schemaId() {
        return schemaId;
    }

    /** The record of a value that {@link #isMine}. */
    public T decode(byte[] value) {
        try {
            int from = WireFormat.HEADER_BYTES;
            decoder = DecoderFactory.get().binaryDecoder(value, from, value.length - from, fast ? decoder : null);
            return reader.read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Header and binary. */
    public byte[] encode(T record) {
        try {
            ByteArrayOutputStream out = fast ? buffer : new ByteArrayOutputStream();
            out.reset();
            byte[] header = new byte[WireFormat.HEADER_BYTES];
            WireFormat.writeHeader(header, schemaId);
            out.write(header);
            encoder = fast
                    ? EncoderFactory.get().binaryEncoder(out, encoder)
                    : EncoderFactory.get().directBinaryEncoder(out, null);
            writer.write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
