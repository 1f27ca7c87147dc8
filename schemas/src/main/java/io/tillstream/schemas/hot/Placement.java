package io.tillstream.schemas.hot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition that an event's key {@code tenant:paymentId} belongs to: the same as {@link
 * io.tillstream.schemas.PaymentKeys}, made from the event's bytes without a string. A test holds the two against each other.
 */
public final class Placement {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int UUID_CHARACTERS = 36;

    /** One array for each length of tenant, because Kafka's hash reads a whole array. */
    private final byte[][] keys = new byte[EventView.TENANT_BYTES_MAX + 1][];

    /** The partition of the event's key among {@code partitions}. */
    public int partition(EventView event, int partitions) {
        byte[] key = key(event.tenantLength());
        System.arraycopy(event.bytes(), event.tenantAt(), key, 0, event.tenantLength());
        int at = event.tenantLength();
        key[at++] = ':';
        long first = hex((int) (event.paymentIdHigh() >>> 32));
        long second = hex((int) event.paymentIdHigh());
        long third = hex((int) (event.paymentIdLow() >>> 32));
        long fourth = hex((int) event.paymentIdLow());
        // 8 digits, three groups of 4, and 12; the dashes stand there already.
        EIGHT.set(key, at, first);
        FOUR.set(key, at + 9, (int) (second >>> 32));
        FOUR.set(key, at + 14, (int) second);
        FOUR.set(key, at + 19, (int) (third >>> 32));
        FOUR.set(key, at + 24, (int) third);
        EIGHT.set(key, at + 28, fourth);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    private byte[] key(int tenantLength) {
        byte[] key = keys[tenantLength];
        if (key == null) {
            key = new byte[tenantLength + 1 + UUID_CHARACTERS];
            Arrays.fill(key, (byte) '-');
            keys[tenantLength] = key;
        }
        return key;
    }

    /** The digits of 32 bits, the first in the highest byte: each nibble in a byte of its own, and what letters are more than digits. */
    private static long hex(int bits) {
        long nibbles = bits & 0xFFFF_FFFFL;
        nibbles = (nibbles << 16 | nibbles) & 0x0000_FFFF_0000_FFFFL;
        nibbles = (nibbles << 8 | nibbles) & 0x00FF_00FF_00FF_00FFL;
        nibbles = (nibbles << 4 | nibbles) & 0x0F0F_0F0F_0F0F_0F0FL;
        long letters = (nibbles + 0x0606_0606_0606_0606L) >>> 4 & 0x0101_0101_0101_0101L;
        return nibbles + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10);
    }
}
