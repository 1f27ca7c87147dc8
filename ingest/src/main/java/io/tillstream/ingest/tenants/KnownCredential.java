package io.tillstream.ingest.tenants;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CredentialKind;

/**
 * A key of a channel, ready to be compared.
 *
 * @param keyId public part
 * @param channel channel that it speaks for
 * @param kind API_KEY or HMAC
 * @param proof API_KEY: SHA-256 of the secret; HMAC: the secret itself
 * @param notAfterMillis valid until, UTC; 0 for no end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record KnownCredential(String keyId, Channel channel, CredentialKind kind, byte[] proof, long notAfterMillis) {
    public KnownCredential {
        if (proof.length == 0) {
            throw new IllegalArgumentException("credential " + keyId + " has nothing to compare with");
        }
    }

    public boolean isValidAt(long epochMillis) {
        return notAfterMillis == 0 || epochMillis <= notAfterMillis;
    }

    /** Without the proof. */
    @Override
    public String toString() {
        return keyId + " for " + channel;
    }
}
