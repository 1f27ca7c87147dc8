package io.tillstream.ledgersink.journal;

/** A cursor over Avro binary. Source: Apache Avro 1.12 specification, "Binary Encoding". */
final class EntryCursor {
    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int length;

    void wrap(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    /** Length of the text or fixed bytes that were met last. */
    int length() {
        return length;
    }

    /** A zig-zag varint: int, long, enum, union branch or block count. */
    long number() {
        byte[] source = bytes;
        int i = at;
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (i >= end) {
                throw new IllegalArgumentException("ends within a number at byte " + i);
            }
            byte b = source[i++];
            raw |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                at = i;
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new IllegalArgumentException("holds a number of more than ten bytes at byte " + at);
    }

    /** The name of an enum's symbol. */
    byte[] symbol(byte[][] symbols, String field) {
        long index = number();
        if (index < 0 || index >= symbols.length) {
            throw new IllegalArgumentException("has no symbol " + index + " in " + field);
        }
        return symbols[(int) index];
    }

    /** Passes over a string and gives where it begins; its length is in {@link #length}. */
    int text() {
        long size = number();
        if (size < 0) {
            throw new IllegalArgumentException("has a text of negative length at byte " + at);
        }
        return pass(size);
    }

    /** Passes over fixed bytes and gives where they begin. */
    int fixed(int size) {
        return pass(size);
    }

    private int pass(long size) {
        if (size > end - at) {
            throw new IllegalArgumentException("ends within a field at byte " + at);
        }
        int from = at;
        at += (int) size;
        length = (int) size;
        return from;
    }

    /** Items of an array's next block; 0 ends the array. */
    long block() {
        long count = number();
        if (count >= 0) {
            return count;
        }
        number(); // a negative count is followed by the block's size in bytes
        return Math.negateExact(count);
    }
}
