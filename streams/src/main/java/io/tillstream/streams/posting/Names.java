package io.tillstream.streams.posting;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Gives every (scope, name) a number from 0 on: tenants (scope 0) and accounts (scope: the tenant's number). Names are few and
 * stay; a look-up compares bytes and makes no object.
 */
final class Names {
    static final int NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private long[] slots = new long[64]; // hash, and below it number + 1; or 0
    private byte[][] names = new byte[32][];
    private int[] scopes = new int[32];
    private int[] hashes = new int[32];
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
        int hash = hash(scope, source, from, length);
        int mask = slots.length - 1;
        for (int at = hash & mask; slots[at] != 0; at = (at + 1) & mask) {
            long slot = slots[at];
            int number = (int) slot - 1;
            if ((int) (slot >>> 32) == hash && scopes[number] == scope && same(names[number], source, from, length)) {
                return number;
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
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        int number = size++;
        names[number] = Arrays.copyOfRange(source, from, from + length);
        scopes[number] = scope;
        hashes[number] = hash(scope, source, from, length);
        if (2 * size > slots.length) {
            slots = new long[2 * slots.length];
            for (int n = 0; n < number; n++) {
                place(n);
            }
        }
        place(number);
        return number;
    }

    private void place(int number) {
        int mask = slots.length - 1;
        int slot = hashes[number] & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = ((long) hashes[number] << 32) | (number + 1);
    }

    private static boolean same(byte[] name, byte[] source, int from, int length) {
        return name.length == length && Arrays.equals(name, 0, length, source, from, from + length);
    }

    /** Eight bytes at a time; the last step takes the last eight, or all there are. */
    private static int hash(int scope, byte[] source, int from, int length) {
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
        return (int) (h >>> 32);
    }
}
