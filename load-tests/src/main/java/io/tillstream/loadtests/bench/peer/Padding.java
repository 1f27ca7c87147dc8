package io.tillstream.loadtests.bench.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a copy appends so that its records are as long as posting's entries and compress alike: bytes that don't compress, for the hash,
 * which does not, and for sequence, times, amounts and names, which differ from entry to entry; and for the rest the text of postings.
 */
public final class Padding {
    private static final int MIXED_BYTES = 58; // what compresses to as many bytes as entries do
    private static final int ID_FROM = 5; // behind the wire format's header
    private static final byte[] TEXT =
            ("\u0002\u0006USD\u000ccity17\u001cclearing:acme\u0004\u0080\u0080\u0003\u001cclearing:acme"
                            + "\u00ff\u00ff\u0002\u0014fund:fund3\u00f3\u0003\u001econvenience-fee\u0000\u0002\u0000\u0000")
                    .repeat(8)
                    .getBytes(StandardCharsets.ISO_8859_1);

    private final int bytes;

    /** @param bytes to append; at least those that do not compress */
    public Padding(int bytes) {
        if (bytes < MIXED_BYTES || bytes > TEXT.length) {
            throw new IllegalArgumentException("padding must be " + MIXED_BYTES + " to " + TEXT.length + " bytes");
        }
        this.bytes = bytes;
    }

    /** A longer copy of the value. */
    public byte[] append(byte[] value) {
        byte[] longer = Arrays.copyOf(value, value.length + bytes);
        int text = bytes - MIXED_BYTES;
        System.arraycopy(TEXT, 0, longer, value.length, text);
        // Bytes of an id, changed by xorshift, are as random as a hash and cost next to nothing.
        long seed = 0x9E37_79B9_7F4A_7C15L;
        for (int i = ID_FROM; i < ID_FROM + 8 && i < value.length; i++) {
            seed = seed << 8 ^ seed >>> 56 ^ value[i];
        }
        for (int at = value.length + text; at < longer.length; at++) {
            seed ^= seed << 13;
            seed ^= seed >>> 7;
            seed ^= seed << 17;
            longer[at] = (byte) seed;
        }
        return longer;
    }
}
