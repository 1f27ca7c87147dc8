package io.tillstream.schemas.hot;

import io.tillstream.schemas.WireFormat;
import java.util.Arrays;

/** Writes one record's bytes in Avro's binary encoding, behind the wire format's header; the counterpart of {@link AvroBytes}. */
final class AvroOutput {
    private static final int VARINT_BYTES_MAX = 10;

    private byte[] buffer = new byte[4096];
    private int at;

    /** Forgets what was written and starts with the header. */
    void begin(int schemaId) {
        WireFormat.writeHeader(buffer, schemaId);
        at = WireFormat.HEADER_BYTES;
    }

    /** An int, a long, an enum's or union's index, or a length. */
    void writeLong(long value) {
        room(VARINT_BYTES_MAX);
        long raw = (value << 1) ^ (value >> 63);
        while ((raw & ~0x7FL) != 0) {
            buffer[at++] = (byte) (raw | 0x80);
            raw >>>= 7;
        }
        buffer[at++] = (byte) raw;
    }

    /** A string; returns where the text begins. */
    int string(byte[] text) {
        writeLong(text.length);
        int start = at;
        copy(text, 0, text.length);
        return start;
    }

    /** A string of two pieces, a whole prefix and {@code length} bytes of another array; returns where the text begins. */
    int string(byte[] prefix, byte[] source, int from, int length) {
        writeLong((long) prefix.length + length);
        int start = at;
        copy(prefix, 0, prefix.length);
        copy(source, from, length);
        return start;
    }

    /** Bytes as they are: a record that was encoded before. */
    void copy(byte[] source, int from, int length) {
        room(length);
        System.arraycopy(source, from, buffer, at, length);
        at += length;
    }

    /** Leaves room; what stands there is not defined. */
    void skip(int length) {
        room(length);
        at += length;
    }

    /** All since {@link #begin}, in an array of its own. */
    byte[] toBytes() {
        return Arrays.copyOf(buffer, at);
    }

    private void room(int needed) {
        if (needed > buffer.length - at) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, at + needed));
        }
    }
}
