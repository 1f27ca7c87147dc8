package io.tillstream.ingest.auth;

import io.tillstream.ingest.tenants.KnownCredential;
import io.tillstream.ingest.tenants.TenantDirectory;
import io.tillstream.ingest.tenants.TenantProfile;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CredentialKind;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Compares what a request presents with what the directory knows. Whoever is unknown, expired or of the other kind is compared
 * with a stand-in that no secret fits, so that every refusal takes the same steps.
 */
public final class Authenticator {
    private final TenantDirectory directory;
    private final InstantSource clock;
    private final long clockDifferenceMaxSeconds;
    private final KnownCredential standIn;

    /**
     * @param clockDifferenceMax how far the time of a signed request may be from ours, either way
     */
    public Authenticator(
            TenantDirectory directory, InstantSource clock, Duration clockDifferenceMax, SecureRandom random) {
        this.directory = directory;
        this.clock = clock;
        this.clockDifferenceMaxSeconds = clockDifferenceMax.toSeconds();
        byte[] unknowable = new byte[32];
        random.nextBytes(unknowable);
        this.standIn = new KnownCredential("stand-in", Channel.WEB, CredentialKind.API_KEY, unknowable, 0);
    }

    /** Reads the header Authorization; null if there is none. */
    public Claim claim(String header) {
        PresentedProof proof = PresentedProof.parse(header);
        if (proof instanceof PresentedProof.Signed signed) {
            return new Claim.Signed((method, path, key, body) -> verify(signed, method, path, key, body));
        }
        return new Claim.Settled(verify((PresentedProof.Bearer) proof));
    }

    private Optional<Caller> verify(PresentedProof.Bearer proof) {
        Optional<TenantProfile> tenant = directory.tenant(proof.tenant());
        Optional<KnownCredential> known = known(tenant, proof, CredentialKind.API_KEY);
        boolean isSame = MessageDigest.isEqual(known.orElse(standIn).proof(), ApiKeys.sha256(proof.secret()));
        return isSame ? caller(tenant, known) : Optional.empty();
    }

    private Optional<Caller> verify(PresentedProof.Signed proof, String method, String path, String key, byte[] body) {
        Optional<TenantProfile> tenant = directory.tenant(proof.tenant());
        Optional<KnownCredential> known = known(tenant, proof, CredentialKind.HMAC);
        byte[] secret = known.orElse(standIn).proof();
        byte[] expected = RequestSignature.sign(secret, method, path, proof.epochSeconds(), key, body);
        boolean isSame = MessageDigest.isEqual(expected, proof.signature());
        long difference = Math.abs(clock.instant().getEpochSecond() - proof.epochSeconds());
        return isSame && difference <= clockDifferenceMaxSeconds ? caller(tenant, known) : Optional.empty();
    }

    private Optional<KnownCredential> known(Optional<TenantProfile> tenant, PresentedProof proof, CredentialKind kind) {
        return tenant.map(profile -> profile.credentials().get(proof.keyId()))
                .filter(known -> known.kind() == kind && known.isValidAt(clock.millis()));
    }

    private static Optional<Caller> caller(Optional<TenantProfile> tenant, Optional<KnownCredential> known) {
        return tenant.flatMap(
                profile -> known.map(credential -> new Caller(profile, credential.channel(), credential.keyId())));
    }
}
