package io.tillstream.local.tenants;

import io.tillstream.schemas.Credential;
import io.tillstream.schemas.Tenant;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One city as the file describes it.
 *
 * @param template the record, but for the open date and sealed secrets, which depend on what the cluster has already
 * @param openDate first open business date, if the file names one
 * @param hmacSecrets secret by key id, for the keys of kind HMAC
 */
public record TenantEntry(Tenant template, Optional<LocalDate> openDate, Map<String, String> hmacSecrets) {
    public TenantEntry {
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(openDate, "openDate");
        hmacSecrets = Map.copyOf(hmacSecrets);
    }

    /** Id of the city. */
    public String tenant() {
        return template.getTenant();
    }

    /** The sender of its NACHA files. */
    String immediateOrigin() {
        return template.getBank().getImmediateOrigin();
    }

    /**
     * The record to write.
     *
     * @param seal gives the sealed form of a secret, by key id and secret
     */
    Tenant toRecord(LocalDate firstDate, BiFunction<String, String, ByteBuffer> seal) {
        List<Credential> credentials = new ArrayList<>();
        for (Credential credential : template.getCredentials()) {
            String secret = hmacSecrets.get(credential.getKeyId());
            credentials.add(
                    secret == null
                            ? credential
                            : Credential.newBuilder(credential)
                                    .setSealedSecret(seal.apply(credential.getKeyId(), secret))
                                    .build());
        }
        return Tenant.newBuilder(template)
                .setOpenDate(firstDate)
                .setCredentials(credentials)
                .build();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "TenantEntry[" + tenant() + "]";
    }
}
