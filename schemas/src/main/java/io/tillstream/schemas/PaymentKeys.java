package io.tillstream.schemas;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;

/** The key of a payment's records and the partition that it belongs to. */
public final class PaymentKeys {
    private PaymentKeys() {}

    /** {@code tenant:paymentId} in UTF-8, the UUID in its usual lower-case form. */
    public static byte[] key(String tenant, UUID paymentId) {
        return (tenant + ":" + paymentId).getBytes(StandardCharsets.UTF_8);
    }

    /** Kafka's default placement of a key (murmur2), spelled out because posting refuses what is placed otherwise. */
    public static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
