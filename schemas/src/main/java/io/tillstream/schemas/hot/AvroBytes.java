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
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SIGN_BITS = 0x0101_0101_0101_0101L; // of numbers of one byte each
    private static final int VARINT_BITS_MAX = 63;
    private static final int INT_BYTES_MAX = 5;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int length;
    private boolean checksText;
    private int plain; // bytes of 1 to 127 that are of texts, if all are plain, or end a number

    /** As {@link #wrap}, but texts are not looked at: they are known, or {@link #isPlainText} is asked in the end. */
    void wrapUnchecked(byte[] bytes, int from, int to) {
        wrap(bytes, from, to);
        checksText = false;
    }

    void wrap(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        at = from;
        end = to;
        checksText = true;
        plain = 0;
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
                plain += b == 0 ? 0 : 1;
                return (b >>> 1) ^ -(long) (b & 1);
            }
        }
        return readLongOfSeveralBytes();
    }

    /** Up to eight bytes at once: sevens of bits move together by ones, twos and fours. */
    private long readLongOfSeveralBytes() {
        if (at <= end - Long.BYTES) {
            long eight = (long) HASHED.get(bytes, at);
            long ends = ~eight & HIGH_BITS;
            if (ends != 0) {
                int bits = Long.numberOfTrailingZeros(ends) + 1;
                long raw = eight & (-1L >>> (Long.SIZE - bits)) & ~HIGH_BITS;
                plain += raw >>> (bits - Byte.SIZE) == 0 ? 0 : 1;
                raw = (raw & 0x007F_007F_007F_007FL) | (raw & 0x7F00_7F00_7F00_7F00L) >>> 1;
                raw = (raw & 0x0000_3FFF_0000_3FFFL) | (raw & 0x3FFF_0000_3FFF_0000L) >>> 2;
                raw = (raw & 0x0000_0000_0FFF_FFFFL) | (raw & 0x0FFF_FFFF_0000_0000L) >>> 4;
                at += bits / Byte.SIZE;
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        return readLongByteByByte();
    }

    private long readLongByteByByte() {
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
                plain += b == 0 ? 0 : 1;
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw malformed("holds a number of more than ten bytes");
    }

    /** An int; written in more than five bytes it is refused, since Avro's own readers of the journal refuse it. */
    int readInt() {
        int from = at;
        long value = readLong();
        if (value != (int) value || at - from > INT_BYTES_MAX) {
            throw malformed("holds a number too large for an int");
        }
        return (int) value;
    }

    /** Passes over a block's size in bytes, which follows a negative count of items; Avro's own readers refuse a negative one. */
    void blockSize() {
        if (readLong() < 0) {
            throw malformed("holds a block of negative size");
        }
    }

    /** Index of an enum symbol below {@code symbols}. */
    int readEnum(int symbols, String field) {
        int index = readInt();
        if (index < 0 || index >= symbols) {
            throw malformed("has no such symbol in " + field);
        }
        return index;
    }

    /**
     * Indexes of enum symbols that stand side by side, in a byte each as they nearly always are.
     *
     * @param limits the largest index of each, in a byte each from the lowest on, at most seven
     * @return the indexes likewise, or -1 and nothing passed over if they are to be read one by one: an index is too large, or is
     *     written in more bytes than it needs
     */
    long readEnums(int count, long limits) {
        if (at > end - Long.BYTES) {
            return -1;
        }
        long indexes = (long) HASHED.get(bytes, at) & ((1L << (count * Byte.SIZE)) - 1);
        boolean within = ((((limits << 1) | HIGH_BITS) - (indexes & ~HIGH_BITS)) & HIGH_BITS) == HIGH_BITS;
        if ((indexes & (HIGH_BITS | SIGN_BITS)) != 0 || !within) {
            return -1;
        }
        at += count;
        plain += Long.bitCount((indexes + ~HIGH_BITS) & HIGH_BITS);
        return indexes >>> 1;
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

    /**
     * Passes over a string, gives its position; its length is in {@link #length}. NUL is refused: no database stores it. What is
     * not UTF-8 is refused: two names of different bytes would become the same text.
     */
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
        plain += length;
        if (checksText) {
            checkText(bytes, position, at, field);
        }
        return position;
    }

    /** Passes over strings that stand side by side; most have a length of one byte. In a loop, which is compiled once. */
    void strings(int bytesMax, String[] fields) {
        for (String field : fields) {
            int position = at;
            int twice = position < end && !checksText ? bytes[position] : -1;
            int behind = position + 1 + twice / 2;
            if (twice < 0 || (twice & 1) != 0 || behind > end || twice / 2 > bytesMax) {
                string(bytesMax, field);
            } else {
                at = behind;
                plain += twice == 0 ? 0 : 1 + twice / 2;
            }
        }
    }

    /**
     * Whether the texts met since {@code from} are of ASCII without NUL, if nothing but numbers and texts was met. Then each byte that
     * is neither zero nor above 127 is one of a text, or the last one of a number; the second kind has been counted. To count the
     * others eight at a time is much faster than to look at each text.
     */
    boolean isPlainText(int from) {
        int found = 0;
        int i = from;
        for (; i <= at - Long.BYTES; i += Long.BYTES) {
            long eight = (long) HASHED.get(bytes, i);
            long notZero = (eight & ~HIGH_BITS) + ~HIGH_BITS;
            found += Long.bitCount(notZero & ~eight & HIGH_BITS);
        }
        for (; i < at; i++) {
            found += bytes[i] > 0 ? 1 : 0;
        }
        return found == plain;
    }

    private static void checkText(byte[] source, int from, int to, String field) {
        int i = from;
        long union = 0;
        for (; i + 8 <= to; i += 8) {
            long eight = (long) HASHED.get(source, i);
            union |= eight;
            if (((eight - 0x0101_0101_0101_0101L) & ~eight & 0x8080_8080_8080_8080L) != 0) {
                break; // one of them is zero: the loop below finds it
            }
        }
        for (; i < to; i++) {
            if (source[i] == 0) {
                throw new UnreadableRecordException(
                        QuarantineReason.INVALID_FIELD, field + " holds a NUL character at byte " + i);
            }
            union |= source[i];
        }
        if ((union & 0x8080_8080_8080_8080L) != 0 && !isUtf8(source, from, to)) {
            throw new UnreadableRecordException(
                    QuarantineReason.INVALID_FIELD, field + " is not UTF-8 at byte " + from);
        }
    }

    /** Source: RFC 3629, section 4. */
    private static boolean isUtf8(byte[] source, int from, int to) {
        int i = from;
        while (i < to) {
            int first = source[i++] & 0xFF;
            int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
            if (more > 0 && (first < 0xC2 || first > 0xF4 || to - i < more || !isSecond(first, source[i] & 0xFF))) {
                return false;
            }
            for (int end = i + more; i < end; i++) {
                if ((source[i] & 0xC0) != 0x80) {
                    return false;
                }
            }
        }
        return true;
    }

    /** No longer form than needed, no surrogate, nothing above U+10FFFF. */
    private static boolean isSecond(int first, int second) {
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return second >= least && second <= most;
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
