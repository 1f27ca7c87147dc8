package io.tillstream.schemas.hot;

import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.UnreadableRecordException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A cursor over Avro binary. Source: Apache Avro 1.12 specification, "Binary Encoding". */
final class AvroBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle HASHED = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int VARINT_BITS_MAX = 63;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int length;

    void wrap(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        at = from;
        end = to;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** Length of the string that {@link #string} met last. */
    int length() {
        return length;
    }

    /** A zig-zag varint. Most fit one byte. */
    long readLong() {
        int position = at;
        if (position < end) {
            byte b = bytes[position];
            if (b >= 0) {
                at = position + 1;
                return (b >>> 1) ^ -(long) (b & 1);
            }
        }
        return readLongOfSeveralBytes();
    }

    private long readLongOfSeveralBytes() {
        byte[] source = bytes;
        int position = at;
        long raw = 0;
        for (int shift = 0; shift <= VARINT_BITS_MAX; shift += 7) {
            if (position >= end) {
                throw malformed("ends within a number");
            }
            byte b = source[position++];
            raw |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                at = position;
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw malformed("holds a number of more than ten bytes");
    }

    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw malformed("holds a number too large for an int");
        }
        return (int) value;
    }

    /** Index of an enum symbol below {@code symbols}. */
    int readEnum(int symbols, String field) {
        long index = readLong();
        if (index < 0 || index >= symbols) {
            throw malformed("has no such symbol in " + field);
        }
        return (int) index;
    }

    /** Passes over fixed bytes and gives their position. */
    int fixed(int size) {
        if (size > end - at) {
            throw malformed("ends within a fixed field");
        }
        int position = at;
        at += size;
        return position;
    }

    /** Passes over a string, gives its position; its length is in {@link #length}. NUL is refused: no database stores it. */
    int string(int bytesMax, String field) {
        long size = readLong();
        if (size < 0 || size > end - at) {
            throw malformed("ends within " + field);
        }
        if (size > bytesMax) {
            throw new UnreadableRecordException(
                    QuarantineReason.INVALID_FIELD,
                    field + " has " + size + " bytes at " + at + ", at most " + bytesMax + " are allowed");
        }
        int position = at;
        at += (int) size;
        length = (int) size;
        refuseNul(bytes, position, at, field);
        return position;
    }

    private static void refuseNul(byte[] source, int from, int to, String field) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long eight = (long) HASHED.get(source, i);
            if (((eight - 0x0101_0101_0101_0101L) & ~eight & 0x8080_8080_8080_8080L) != 0) {
                break; // one of them is zero: the loop below finds it
            }
        }
        for (; i < to; i++) {
            if (source[i] == 0) {
                throw new UnreadableRecordException(
                        QuarantineReason.INVALID_FIELD, field + " holds a NUL character at byte " + i);
            }
        }
    }

    UnreadableRecordException malformed(String what) {
        return new UnreadableRecordException(QuarantineReason.MALFORMED, "The record " + what + " at byte " + at);
    }

    static long bigEndianLong(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Mixes bytes into a hash, eight at a time; not cryptographic. */
    static long mix(long hash, byte[] bytes, int from, int to) {
        long h = hash ^ (to - from);
        int i = from;
        for (; i + 8 <= to; i += 8) {
            h = scramble(h ^ (long) HASHED.get(bytes, i));
        }
        long tail = 0;
        for (int shift = 0; i < to; i++, shift += 8) {
            tail |= (bytes[i] & 0xFFL) << shift;
        }
        return scramble(h ^ tail);
    }

    private static long scramble(long value) {
        long h = value * 0x9E37_79B9_7F4A_7C15L;
        return h ^ (h >>> 29);
    }
}
