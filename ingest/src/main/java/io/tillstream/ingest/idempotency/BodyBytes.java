package io.tillstream.ingest.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Fields one behind the other, to be hashed at once; used again for the next event of its thread. */
final class BodyBytes {
    private final MessageDigest sha256 = newSha256();
    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    void put(int oneByte) {
        reserve(1);
        bytes[length++] = (byte) oneByte;
    }

    void put(long number) {
        reserve(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(length, number);
        length += Long.BYTES;
    }

    /** Of fixed length. */
    void put(byte[] fixed) {
        reserve(fixed.length);
        System.arraycopy(fixed, 0, bytes, length, fixed.length);
        length += fixed.length;
    }

    /** Length first, so that no two lists of texts give the same bytes. */
    void put(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        put((long) utf8.length);
        put(utf8);
    }

    BodyHash hash() {
        sha256.update(bytes, 0, length);
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        return new BodyHash(digest.getLong(), digest.getLong());
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
