package io.tillstream.schemas.hot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition that an event's key {@code tenant:paymentId} belongs to: the same as {@link
 * io.tillstream.schemas.PaymentKeys}, made from the event's bytes without a string. A test holds the two against each other.
 */
public final class Placement {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int UUID_CHARACTERS = 36;
    private static final long DASH_BEFORE_NIBBLE = 1L << 8 | 1L << 12 | 1L << 16 | 1L << 20;

    /** One array for each length of tenant, because Kafka's hash reads a whole array. */
    private final byte[][] keys = new byte[EventView.TENANT_BYTES_MAX + 1][];

    /** The partition of the event's key among {@code partitions}. */
    public int partition(EventView event, int partitions) {
        byte[] key = key(event.tenantLength());
        System.arraycopy(event.bytes(), event.tenantAt(), key, 0, event.tenantLength());
        int at = event.tenantLength();
        key[at++] = ':';
        at = hex(event.paymentIdHigh(), 0, key, at);
        hex(event.paymentIdLow(), 16, key, at);
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

    private static int hex(long half, int firstNibble, byte[] key, int from) {
        int at = from;
        for (int nibble = 0; nibble < 16; nibble++) {
            if ((DASH_BEFORE_NIBBLE >>> (firstNibble + nibble) & 1) != 0) {
                key[at++] = '-';
            }
            key[at++] = HEX[(int) (half >>> (60 - 4 * nibble)) & 0xF];
        }
        return at;
    }
}
