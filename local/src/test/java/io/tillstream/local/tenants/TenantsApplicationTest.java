package io.tillstream.local.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.ingest.auth.ControlKeys;
import io.tillstream.local.cluster.SharedCluster;
import io.tillstream.local.tenants.TenantsApplication.Applied;
import io.tillstream.local.tenants.TenantsApplication.Change;
import io.tillstream.local.yaml.YamlFile;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Credential;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.WireFormat;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("cluster")
class TenantsApplicationTest {
    private static final Instant NOW = Instant.parse("2026-11-22T22:59:00Z"); // 16:59 in Chicago, a Sunday
    private static final String SECRET = "k".repeat(40);

    @TempDir
    private Path secrets;

    private ControlKeys controlKeys;

    @BeforeEach
    void makeSecrets() throws Exception {
        Files.writeString(secrets.resolve("web.key"), SECRET);
        controlKeys = ControlKeys.create(secrets.resolve("control.json"));
    }

    @Test
    void shouldTellEveryPartitionOnceAndChangeNothingWhenAppliedAgain() throws Exception {
        String yaml = yaml("applied-twice");
        assertThat(apply(yaml, NOW)).extracting(Applied::change).containsExactly(Change.ADDED);
        assertThat(marks("applied-twice"))
                .hasSize(SharedCluster.PARTITIONS)
                .containsOnly(new TenantTerms("applied-twice", "USD", LocalDate.of(2026, 11, 22), 400, 3, 250_000L));
        int records = records("applied-twice").size();
        assertThat(apply(yaml, NOW.plusSeconds(86_400 * 3)))
                .extracting(Applied::change)
                .containsExactly(Change.UNCHANGED);
        assertThat(records("applied-twice")).hasSize(records);
        assertThat(marks("applied-twice")).hasSize(SharedCluster.PARTITIONS);
        Credential kiosk = records("applied-twice").get(0).getCredentials().get(1);
        byte[] sealed = new byte[kiosk.getSealedSecret().remaining()];
        kiosk.getSealedSecret().duplicate().get(sealed);
        assertThat(new String(controlKeys.open(sealed, "applied-twice", "kiosk"), StandardCharsets.UTF_8))
                .isEqualTo(SECRET);
        assertThat(records("applied-twice").get(0).getCredentials().get(0).getSecretHash())
                .isEqualTo(ApiKeys.hash(SECRET));
    }

    @Test
    void shouldTellPostingOnlyWhatConcernsIt() {
        apply(yaml("changed"), NOW);
        assertThat(apply(yaml("changed").replace("name: A city", "name: Another"), NOW))
                .extracting(Applied::change, Applied::marked)
                .containsExactly(tuple(Change.CHANGED, false));
        assertThat(marks("changed")).hasSize(SharedCluster.PARTITIONS);
        assertThat(apply(yaml("changed").replace("amountMax: 2500.00", "amountMax: 9000.00"), NOW))
                .extracting(Applied::change, Applied::marked)
                .containsExactly(tuple(Change.CHANGED, true));
        assertThat(marks("changed")).hasSize(2 * SharedCluster.PARTITIONS);
        assertThat(records("changed")).hasSize(3);
    }

    @Test
    void shouldRefuseAnotherCurrencyAndChangeNothing() {
        apply(yaml("currency"), NOW);
        assertThatThrownBy(() -> apply(yaml("currency").replace("USD", "CAD"), NOW))
                .hasMessageStartingWith("currency: the currency is USD and can't change");
        assertThat(records("currency")).hasSize(1);
    }

    @Test
    void shouldRefuseTheImmediateOriginOfACityOfAnotherFile() {
        apply(yaml("origin-one"), NOW);
        String taken = yaml("origin-two").replace(origin("origin-two"), origin("origin-one"));
        assertThatThrownBy(() -> apply(taken, NOW))
                .hasMessageStartingWith("origin-two: bank.immediateOrigin is that of origin-one");
        assertThat(records("origin-two")).isEmpty();
        apply(yaml("origin-one").replace(origin("origin-one"), "1000000001"), NOW);
        assertThat(apply(taken, NOW)).extracting(Applied::change).containsExactly(Change.ADDED);
    }

    @Test
    void shouldSayWhatIsMissingWhenAnHmacKeyCannotBeSealed() {
        TenantsApplication withoutKeys = new TenantsApplication(
                SharedCluster.kafka(), SharedCluster.registry(), Optional.empty(), Clock.systemUTC());
        assertThatThrownBy(() -> withoutKeys.apply(entries(yaml("unsealed"))))
                .hasMessageContaining("key kiosk is of kind HMAC and needs the control keyset");
        assertThat(records("unsealed")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    tenant,     calendar,  cut-off, now,                  open date
                    before,     EVERY_DAY, 17:00,   2026-11-22T22:59:00Z, 2026-11-22
                    after,      EVERY_DAY, 17:00,   2026-11-22T23:00:00Z, 2026-11-23
                    midnight,   EVERY_DAY, 00:00,   2026-11-23T05:59:00Z, 2026-11-22
                    sunday,     BANK_DAYS, 17:00,   2026-11-22T22:59:00Z, 2026-11-23
                    holiday,    BANK_DAYS, 17:00,   2026-11-26T12:00:00Z, 2026-11-27
                    """)
    void shouldOpenTheDateThatIsOpenNow(
            String tenant, String calendar, String cutOff, Instant now, LocalDate openDate) {
        String yaml = yaml("open-" + tenant)
                .replace("cutOff: 17:00", "cutOff: " + cutOff)
                .replace("calendar: EVERY_DAY", "calendar: " + calendar);
        assertThat(apply(yaml, now).get(0).record().getOpenDate()).isEqualTo(openDate);
    }

    @Test
    void shouldSuspendAChannelByItsKey() {
        apply(yaml("suspended"), NOW);
        Suspensions suspensions =
                new Suspensions(SharedCluster.kafka(), SharedCluster.registry(), Clock.fixed(NOW, ZoneOffset.UTC));
        suspensions.suspend(
                new Suspensions.Scope("suspended", Optional.of(Channel.WEB), Optional.empty()), "page under review");
        AvroCodec<Suspension> codec = AvroCodec.of(Topics.CONTROLS, Suspension.class, SharedCluster.registry());
        assertThat(SharedCluster.read(Topics.CONTROLS)).anySatisfy(record -> {
            assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("suspended|WEB|");
            assertThat(codec.decode(record.value()))
                    .isEqualTo(new Suspension("suspended", "WEB", "", true, "page under review", NOW));
        });
        Suspensions.Scope nowhere = new Suspensions.Scope("nowhere", Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> suspensions.suspend(nowhere, "page under review"))
                .hasMessage("there is no tenant nowhere");
    }

    private List<Applied> apply(String yaml, Instant now) {
        return new TenantsApplication(
                        SharedCluster.kafka(),
                        SharedCluster.registry(),
                        Optional.of(controlKeys),
                        Clock.fixed(now, ZoneOffset.UTC))
                .apply(entries(yaml));
    }

    private List<TenantEntry> entries(String yaml) {
        return YamlFile.read("cities.yaml", new StringReader(yaml), top -> TenantsFile.tenants(top, secrets));
    }

    private static List<Tenant> records(String tenant) {
        AvroCodec<Tenant> codec = AvroCodec.of(Topics.TENANTS, Tenant.class, SharedCluster.registry());
        return SharedCluster.read(Topics.TENANTS).stream()
                .map(record -> codec.decode(record.value()))
                .filter(record -> record.getTenant().equals(tenant))
                .toList();
    }

    /** The marks of a tenant; one per partition at most for each change. */
    private static List<TenantTerms> marks(String tenant) {
        AvroCodec<TenantTerms> codec = AvroCodec.of(Topics.EVENTS, TenantTerms.class, SharedCluster.registry());
        var records = SharedCluster.read(Topics.EVENTS).stream()
                .filter(record -> WireFormat.schemaId(record.value()) == codec.schemaId())
                .filter(record -> codec.decode(record.value()).getTenant().equals(tenant))
                .toList();
        Set<Integer> partitions =
                records.stream().map(record -> record.partition()).collect(Collectors.toSet());
        assertThat(partitions).hasSize(SharedCluster.PARTITIONS);
        return records.stream().map(record -> codec.decode(record.value())).toList();
    }

    /** No two cities share one. */
    private static String origin(String tenant) {
        return "1" + String.format("%09d", Math.floorMod(tenant.hashCode(), 1_000_000_000));
    }

    private static String yaml(String tenant) {
        return """
                tenants:
                  - id: %s
                    name: A city
                    timeZone: America/Chicago
                    cutOff: 17:00
                    currency: USD
                    calendar: EVERY_DAY
                    amountMax: 2500.00
                    funds:
                      - { code: water, name: Water }
                    processors:
                      - { id: acme-pay, name: Acme Pay, from: 2024-01-01 }
                    bank:
                      immediateDestination: "950010001"
                      immediateDestinationName: EXAMPLE BANK
                      immediateOrigin: "%s"
                      immediateOriginName: A CITY
                      companyName: A CITY
                      companyId: "1950010001"
                      odfi: "95001000"
                      routingNumber: "950120001"
                      accountNumber: "70001000"
                      accountName: A CITY
                    keys:
                      - { id: web, channel: WEB, secretFile: web.key }
                      - { id: kiosk, channel: KIOSK, kind: HMAC, secretFile: web.key }
                """.formatted(tenant, origin(tenant));
    }
}
