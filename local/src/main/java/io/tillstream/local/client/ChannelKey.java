package io.tillstream.local.client;

import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.ingest.auth.RequestSignature;
import io.tillstream.schemas.CredentialKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/**
 * The key of a city's channel.
 *
 * @param keyId public part
 * @param kind whether the secret is sent (API_KEY) or signs (HMAC)
 * @param secret never printed
 */
public record ChannelKey(String tenant, String keyId, CredentialKind kind, String secret) {
    public ChannelKey {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(secret, "secret");
    }

    /** Value of the Authorization header for a POST. */
    public String authorization(String path, String idempotencyKey, byte[] body, Instant now) {
        return switch (kind) {
            case API_KEY -> ApiKeys.bearer(tenant, keyId, secret);
            case HMAC ->
                RequestSignature.header(
                        tenant,
                        keyId,
                        secret.getBytes(StandardCharsets.UTF_8),
                        "POST",
                        path,
                        now.getEpochSecond(),
                        idempotencyKey,
                        body);
        };
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ChannelKey[" + tenant + "." + keyId + ", " + kind + "]";
    }
}
