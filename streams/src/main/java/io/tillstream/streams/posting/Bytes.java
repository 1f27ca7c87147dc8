package io.tillstream.streams.posting;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Compares short pieces of arrays, for which {@link java.util.Arrays} takes longer to begin than to compare. */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Bytes() {}

    /** Eight bytes at a time; the last step takes the last eight, or one at a time if there are fewer. */
    static boolean same(byte[] one, int oneAt, byte[] other, int otherAt, int length) {
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (one[oneAt + i] != other[otherAt + i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (differs(one, oneAt + i, other, otherAt + i)) {
                return false;
            }
        }
        return !differs(one, oneAt + last, other, otherAt + last);
    }

    private static boolean differs(byte[] one, int oneAt, byte[] other, int otherAt) {
        return (long) LONGS.get(one, oneAt) != (long) LONGS.get(other, otherAt);
    }
}
