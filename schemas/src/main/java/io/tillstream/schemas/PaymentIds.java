package io.tillstream.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Ids that any instance derives alike from what the client sent. An event that begins a payment gives the payment its own id;
 * a later event names the payment.
 */
public final class PaymentIds {
    private PaymentIds() {}

    /** UUID of version 8 (RFC 9562): SHA-256 over tenant, channel and idempotency key, parted by zero bytes. */
    public static UUID eventId(String tenant, Channel channel, String idempotencyKey) {
        MessageDigest sha = sha256();
        sha.update("tillstream event".getBytes(StandardCharsets.US_ASCII));
        for (String part : new String[] {tenant, channel.name(), idempotencyKey}) {
            sha.update((byte) 0);
            sha.update(part.getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer digest = ByteBuffer.wrap(sha.digest());
        long high = (digest.getLong() & ~0xF000L) | 0x8000L; // version 8
        long low = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L; // variant of RFC 9562
        return new UUID(high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
