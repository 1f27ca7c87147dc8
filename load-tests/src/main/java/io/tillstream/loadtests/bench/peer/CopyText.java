package io.tillstream.loadtests.bench.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Rows in the text format of PostgreSQL's COPY, as bytes. Values must not hold tabs, line ends or backslashes; the workload's don't. */
final class CopyText {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1 << 20];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    CopyText text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
    }

    CopyText number(long value) {
        return text(Long.toString(value));
    }

    CopyText tab() {
        return one('\t');
    }

    CopyText one(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** A bytea. */
    CopyText hex(byte[] value) {
        text("\\\\x");
        room(2 * value.length);
        for (byte b : value) {
            bytes[length++] = DIGITS[b >> 4 & 0xF];
            bytes[length++] = DIGITS[b & 0xF];
        }
        return this;
    }

    private void room(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
