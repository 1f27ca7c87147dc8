package io.tillstream.loadtests.bench.peer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a copy appends so that its records are to producer, lz4 and broker what posting's entries are: what real entries hold besides
 * their event, one after the other, and bytes that don't compress in the place of their hash. One text for all would be as long, but
 * lz4 passes over it in one step. For one thread.
 */
public final class Padding {
    private static final int HASH_BYTES = 32;
    private static final int ID_FROM = 5; // behind the wire format's header

    private final List<byte[]> heads;
    private int next;

    /** @param heads of entries, in their order: enough that none is repeated within a block of lz4 (64 KB) */
    public Padding(List<byte[]> heads) {
        if (heads.isEmpty()) {
            throw new IllegalArgumentException("heads: expected at least one, found none");
        }
        this.heads = List.copyOf(heads);
    }

    /** Writes heads where {@link #load} finds them. */
    public static void store(List<byte[]> heads, Path file) {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(heads.size());
            for (byte[] head : heads) {
                out.writeInt(head.length);
                out.write(head);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Padding with the heads of a file. */
    static Padding load(Path file) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            byte[][] heads = new byte[in.readInt()][];
            for (int i = 0; i < heads.length; i++) {
                heads[i] = in.readNBytes(in.readInt());
            }
            return new Padding(List.of(heads));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A longer copy of the value. */
    public byte[] append(byte[] value) {
        byte[] head = heads.get(next);
        next = next + 1 == heads.size() ? 0 : next + 1;
        int hashAt = value.length + head.length;
        byte[] longer = Arrays.copyOf(value, hashAt + HASH_BYTES);
        System.arraycopy(head, 0, longer, value.length, head.length);
        // Bytes of an id, changed by xorshift, are as random as a hash and cost next to nothing.
        long seed = 0x9E37_79B9_7F4A_7C15L;
        for (int i = ID_FROM; i < ID_FROM + 8 && i < value.length; i++) {
            seed = seed << 8 ^ seed >>> 56 ^ value[i];
        }
        for (int at = hashAt; at < longer.length; at++) {
            seed ^= seed << 13;
            seed ^= seed >>> 7;
            seed ^= seed << 17;
            longer[at] = (byte) seed;
        }
        return longer;
    }
}
