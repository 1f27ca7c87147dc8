package io.tillstream.streams.posting;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Gives every (scope, name) a number from 0 on: tenants (scope 0) and accounts (scope: the tenant's number). Names are few and
 * stay; a look-up compares bytes and makes no object. It reads two places of memory, a slot and the text that it points to.
 */
final class Names {
    static final int NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    private static final int HASH = 0;
    private static final int TEXT_AND_NUMBER = 1;
    private static final int LONGS_OF_SLOT = 2;

    private long[] slots = new long[64 * LONGS_OF_SLOT]; // hash, 0 if free; where in texts, and below it the number
    private byte[] texts = new byte[1024]; // each behind eight bytes of scope and length
    private int textsUsed;
    private byte[][] names = new byte[32][];
    private int[] scopes = new int[32];
    private int size;

    int size() {
        return size;
    }

    byte[] name(int number) {
        return names[number];
    }

    int scope(int number) {
        return scopes[number];
    }

    /** The number, or NONE. */
    int find(int scope, byte[] source, int from, int length) {
        long[] table = slots;
        long hash = hash(scope, source, from, length);
        int mask = table.length / LONGS_OF_SLOT - 1;
        for (int slot = (int) hash & mask; table[slot * LONGS_OF_SLOT + HASH] != 0; slot = (slot + 1) & mask) {
            if (table[slot * LONGS_OF_SLOT + HASH] == hash) {
                long found = table[slot * LONGS_OF_SLOT + TEXT_AND_NUMBER];
                int text = (int) (found >>> Integer.SIZE);
                if ((long) LONGS.get(texts, text) == head(scope, length)
                        && Bytes.same(texts, text + Long.BYTES, source, from, length)) {
                    return (int) found;
                }
            }
        }
        return NONE;
    }

    /** The number, given now if the name is new. */
    int findOrAdd(int scope, byte[] source, int from, int length) {
        int found = find(scope, source, from, length);
        return found != NONE ? found : add(scope, source, from, length);
    }

    private int add(int scope, byte[] source, int from, int length) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            scopes = Arrays.copyOf(scopes, 2 * size);
        }
        if ((size + 1) * LONGS_OF_SLOT * 2 > slots.length) {
            grow();
        }
        int number = size++;
        names[number] = Arrays.copyOfRange(source, from, from + length);
        scopes[number] = scope;
        place(slots, hash(scope, source, from, length), (long) keep(scope, source, from, length) << 32 | number);
        return number;
    }

    private int keep(int scope, byte[] source, int from, int length) {
        int text = textsUsed;
        textsUsed = Math.addExact(text, Long.BYTES + length);
        if (textsUsed > texts.length) {
            texts = Arrays.copyOf(texts, Math.max(2 * texts.length, textsUsed));
        }
        LONGS.set(texts, text, head(scope, length));
        System.arraycopy(source, from, texts, text + Long.BYTES, length);
        return text;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (int at = 0; at < slots.length; at += LONGS_OF_SLOT) {
            if (slots[at + HASH] != 0) {
                place(larger, slots[at + HASH], slots[at + TEXT_AND_NUMBER]);
            }
        }
        slots = larger;
    }

    private static void place(long[] table, long hash, long textAndNumber) {
        int mask = table.length / LONGS_OF_SLOT - 1;
        int slot = (int) hash & mask;
        while (table[slot * LONGS_OF_SLOT + HASH] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot * LONGS_OF_SLOT + HASH] = hash;
        table[slot * LONGS_OF_SLOT + TEXT_AND_NUMBER] = textAndNumber;
    }

    private static long head(int scope, int length) {
        return (long) scope << Integer.SIZE | length;
    }

    /** Eight bytes at a time; the last step takes the last eight, or all there are. Never 0. */
    static long hash(int scope, byte[] source, int from, int length) {
        long h = (scope * 31L + length) * MULTIPLIER;
        int end = from + length;
        int at = from;
        for (; at + Long.BYTES < end; at += Long.BYTES) {
            h = (h ^ (long) LONGS.get(source, at)) * MULTIPLIER;
            h ^= h >>> 29;
        }
        long last = 0;
        if (length >= Long.BYTES) {
            last = (long) LONGS.get(source, end - Long.BYTES);
        } else {
            for (; at < end; at++) {
                last = (last << Byte.SIZE) | (source[at] & 0xFF);
            }
        }
        h = (h ^ last) * MULTIPLIER;
        return (h ^ (h >>> 32)) | (1L << 63);
    }
}
