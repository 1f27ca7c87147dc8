package io.tillstream.ingest.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request: HMAC-SHA256 with the secret over five lines joined by a line feed: method, path, time in epoch
 * seconds, Idempotency-Key (empty for a batch), and the SHA-256 of the body in lower-case hexadecimal.
 */
public final class RequestSignature {
    private RequestSignature() {}

    /** The value of the header Authorization for a request signed with {@code secret}. */
    public static String header(
            String tenant,
            String keyId,
            byte[] secret,
            String method,
            String path,
            long epochSeconds,
            String key,
            byte[] body) {
        String signature = HexFormat.of().formatHex(sign(secret, method, path, epochSeconds, key, body));
        return "Tillstream-HMAC keyId=" + tenant + "." + keyId + ",timestamp=" + epochSeconds + ",signature="
                + signature;
    }

    static byte[] sign(byte[] secret, String method, String path, long epochSeconds, String key, byte[] body) {
        String bodyHash = HexFormat.of().formatHex(ApiKeys.sha256(body));
        String signed = String.join("\n", method, path, Long.toString(epochSeconds), key, bodyHash);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
