package io.tillstream.ingest.tenants;

import io.tillstream.schemas.BankDetails;
import io.tillstream.schemas.BusinessCalendar;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Credential;
import io.tillstream.schemas.CredentialKind;
import io.tillstream.schemas.Fund;
import io.tillstream.schemas.ProcessorTerm;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Cities for tests, and a directory that holds them. HMAC secrets are "sealed" as they are. */
public final class Cities {
    /** Secret of the API keys {@code web-1}, {@code web-2}, {@code counter-1} and of the signing key {@code web-sign}. */
    public static final String SECRET = "s3cret-of-the-test-city-s3cret";

    private Cities() {}

    /** A city with funds water and permits, processor acme until 2026 and nova from 2026 on. */
    public static Tenant springfield() {
        return city("springfield", 1_000_000, 1_000_000);
    }

    /** The same city under another name and limit. */
    public static Tenant city(String tenant, int perSecond, int burst) {
        return new Tenant(
                tenant,
                "City of " + tenant,
                "America/Chicago",
                "17:00",
                "USD",
                BusinessCalendar.EVERY_DAY,
                LocalDate.parse("2026-11-22"),
                400,
                3,
                100_000_000L,
                List.of(new Fund("water", "Water"), new Fund("permits", "Permits")),
                List.of(
                        new ProcessorTerm("acme", "Acme", LocalDate.parse("2020-01-01")),
                        new ProcessorTerm("nova", "Nova", LocalDate.parse("2026-01-01"))),
                bank(),
                perSecond,
                burst,
                credentials());
    }

    private static BankDetails bank() {
        return new BankDetails(
                "091000019",
                "BANK",
                "123456789",
                "CITY",
                "CITY",
                "1234567890",
                "09100001",
                "091000019",
                "123",
                "CITY",
                false,
                "SETTLEMENT");
    }

    private static List<Credential> credentials() {
        List<Credential> credentials = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            String name = channel.name().toLowerCase(java.util.Locale.ROOT);
            credentials.add(apiKey(name + "-1", channel, 0));
            credentials.add(apiKey(name + "-2", channel, 0));
            credentials.add(apiKey(
                    name + "-old",
                    channel,
                    Instant.parse("2020-01-01T00:00:00Z").toEpochMilli()));
            credentials.add(signingKey(name + "-sign", channel));
        }
        return credentials;
    }

    private static Credential apiKey(String keyId, Channel channel, long notAfterMillis) {
        return new Credential(
                keyId,
                channel,
                CredentialKind.API_KEY,
                sha256(SECRET),
                ByteBuffer.allocate(0),
                Instant.ofEpochMilli(notAfterMillis));
    }

    private static Credential signingKey(String keyId, Channel channel) {
        ByteBuffer secret = ByteBuffer.wrap(SECRET.getBytes(StandardCharsets.UTF_8));
        return new Credential(keyId, channel, CredentialKind.HMAC, "", secret, Instant.EPOCH);
    }

    /** Profiles of these records. */
    public static TenantProfile profile(Tenant tenant) {
        return new TenantProfiles((secret, id, keyId) -> secret).of(tenant);
    }

    /** Puts cities into a directory, which then counts as loaded. */
    public static void load(TenantDirectory directory, Tenant... tenants) {
        DirectoryState state = directory.copy();
        for (Tenant tenant : tenants) {
            state.put(profile(tenant));
        }
        directory.replace(state);
    }

    /** Suspends or resumes; an empty channel or tender covers all. */
    public static void suspend(
            TenantDirectory directory, String tenant, String channel, String tender, boolean isSuspended) {
        DirectoryState state = directory.copy();
        state.put(new Suspension(tenant, channel, tender, isSuspended, "skimming found", Instant.EPOCH));
        directory.replace(state);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
