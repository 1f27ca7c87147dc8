package io.tillstream.ingest.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes API keys and HMAC secrets, and the hash of them that may be kept. */
public final class ApiKeys {
    private static final int SECRET_BYTES = 32;

    private ApiKeys() {}

    /** A new secret of 256 bits: 43 characters of base64url, which has no dot and is safe in a header. */
    public static String newSecret(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** What a Credential record keeps of an API key: SHA-256, lower-case hexadecimal. The secret has 256 random bits, so no salt is needed. */
    public static String hash(String secret) {
        return HexFormat.of().formatHex(sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** The value of the header Authorization. */
    public static String bearer(String tenant, String keyId, String secret) {
        return "Bearer " + tenant + "." + keyId + "." + secret;
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
