package io.tillstream.schemas.hot;

import io.tillstream.schemas.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.BlockingBinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Avro's own reader and writer, against which the hot codec is held. */
final class AvroOracle {
    private static final int HEADER_BYTES = 5;
    private static final int BLOCK_BYTES = 64;

    private AvroOracle() {}

    /** Header with schema id 7, then Avro binary. */
    static byte[] encode(SpecificRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return write(record, out, EncoderFactory.get().binaryEncoder(start(out), null));
    }

    /** The same with arrays in blocks that begin with a negative count and their size in bytes. */
    static byte[] encodeInBlocks(SpecificRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        start(out);
        EncoderFactory factory = new EncoderFactory().configureBlockSize(BLOCK_BYTES);
        BinaryEncoder encoder = factory.blockingBinaryEncoder(out, null);
        if (!(encoder instanceof BlockingBinaryEncoder)) {
            throw new IllegalStateException("The blocks would not be written");
        }
        return write(record, out, encoder);
    }

    /** The record behind the header, without a class of ours. */
    static GenericRecord decode(byte[] value, Schema schema) throws IOException {
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
        GenericRecord record =
                new GenericDatumReader<GenericRecord>(schema, schema, new GenericData()).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("Bytes follow the record");
        }
        return record;
    }

    private static byte[] write(SpecificRecord record, ByteArrayOutputStream out, BinaryEncoder encoder) {
        TrustedRecords.trust();
        try {
            new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteArrayOutputStream start(ByteArrayOutputStream out) {
        out.writeBytes(new byte[] {0, 0, 0, 0, 7});
        return out;
    }
}
