package io.tillstream.local.client;

import io.tillstream.schemas.CredentialKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a city's channel.
 *
 * @param keyId public part
 * @param kind whether the secret is sent (API_KEY) or signs (HMAC)
 * @param secret never printed
 */
public record ChannelKey(String tenant, String keyId, CredentialKind kind, String secret) {
    private static final String MAC = "HmacSHA256";

    public ChannelKey {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(secret, "secret");
    }

    /** Value of the Authorization header for a POST. */
    public String authorization(String path, String idempotencyKey, byte[] body, Instant now) {
        String id = tenant + "." + keyId;
        if (kind == CredentialKind.API_KEY) {
            return "Bearer " + id + "." + secret;
        }
        long timestamp = now.getEpochSecond();
        String signed = String.join("\n", "POST", path, Long.toString(timestamp), idempotencyKey, sha256(body));
        return "Tillstream-HMAC keyId=" + id + ",timestamp=" + timestamp + ",signature=" + signature(signed);
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + MAC, e);
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ChannelKey[" + tenant + "." + keyId + ", " + kind + "]";
    }
}
