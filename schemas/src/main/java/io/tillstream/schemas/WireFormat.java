package io.tillstream.schemas;

import java.nio.ByteBuffer;

/**
 * The five bytes before the Avro binary: magic 0 and the schema id, big-endian.
 * Source: Confluent Schema Registry documentation, "Wire format".
 */
public final class WireFormat {
    /** Length of magic byte and schema id. */
    public static final int HEADER_BYTES = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /** Writes the header to the first five bytes of {@code target}. */
    public static void writeHeader(byte[] target, int schemaId) {
        target[0] = MAGIC;
        target[1] = (byte) (schemaId >>> 24);
        target[2] = (byte) (schemaId >>> 16);
        target[3] = (byte) (schemaId >>> 8);
        target[4] = (byte) schemaId;
    }

    /**
     * The schema id of a value.
     *
     * @throws UnreadableRecordException NULL_VALUE, TOO_SHORT or WRONG_MAGIC
     */
    public static int schemaId(byte[] value) {
        if (value == null) {
            throw new UnreadableRecordException(QuarantineReason.NULL_VALUE, "The value is null");
        }
        if (value.length < HEADER_BYTES) {
            throw new UnreadableRecordException(
                    QuarantineReason.TOO_SHORT,
                    "The value has " + value.length + " bytes, the header alone " + HEADER_BYTES);
        }
        if (value[0] != MAGIC) {
            throw new UnreadableRecordException(QuarantineReason.WRONG_MAGIC, "Byte 0 is " + value[0] + ", expected 0");
        }
        return ByteBuffer.wrap(value).getInt(1);
    }
}
