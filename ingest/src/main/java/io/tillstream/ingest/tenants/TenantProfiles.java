package io.tillstream.ingest.tenants;

import io.tillstream.schemas.Credential;
import io.tillstream.schemas.CredentialKind;
import io.tillstream.schemas.Fund;
import io.tillstream.schemas.ProcessorTerm;
import io.tillstream.schemas.Tenant;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes profiles of the records on the topic; HMAC secrets are opened here and stay in memory. */
public final class TenantProfiles {
    private static final Logger log = LoggerFactory.getLogger(TenantProfiles.class);

    private final SecretOpener opener;

    /** Opens a sealed secret; the tenant and key id it was sealed for have to be the same. */
    @FunctionalInterface
    public interface SecretOpener {
        /** @throws GeneralSecurityException if it was sealed with another key, or for another tenant or key id */
        byte[] open(byte[] sealed, String tenant, String keyId) throws GeneralSecurityException;
    }

    public TenantProfiles(SecretOpener opener) {
        this.opener = opener;
    }

    /** @throws java.time.DateTimeException or IllegalArgumentException if the record holds what no apply would write */
    public TenantProfile of(Tenant tenant) {
        Map<String, KnownCredential> credentials = new HashMap<>();
        for (Credential credential : tenant.getCredentials()) {
            addCredential(tenant.getTenant(), credential, credentials);
        }
        TreeMap<LocalDate, String> processors = new TreeMap<>();
        for (ProcessorTerm term : tenant.getProcessors()) {
            processors.put(term.getEffectiveFrom(), term.getProcessor());
        }
        return new TenantProfile(
                tenant.getTenant(),
                ZoneId.of(tenant.getTimeZone()),
                tenant.getFunds().stream().map(Fund::getCode).collect(Collectors.toSet()),
                processors,
                tenant.getRequestsPerSecond(),
                tenant.getRequestBurst(),
                credentials);
    }

    /** A key that cannot be opened must not keep the city's other keys from working. */
    private void addCredential(String tenant, Credential credential, Map<String, KnownCredential> credentials) {
        try {
            credentials.put(
                    credential.getKeyId(),
                    new KnownCredential(
                            credential.getKeyId(),
                            credential.getChannel(),
                            credential.getKind(),
                            proof(tenant, credential),
                            credential.getNotAfter().toEpochMilli()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            log.warn(
                    "Key {} of tenant {} cannot be used: {}",
                    credential.getKeyId(),
                    tenant,
                    e.getClass().getSimpleName());
        }
    }

    private byte[] proof(String tenant, Credential credential) throws GeneralSecurityException {
        if (credential.getKind() == CredentialKind.API_KEY) {
            return HexFormat.of().parseHex(credential.getSecretHash());
        }
        ByteBuffer sealed = credential.getSealedSecret().duplicate();
        byte[] bytes = new byte[sealed.remaining()];
        sealed.get(bytes);
        return opener.open(bytes, tenant, credential.getKeyId());
    }
}
