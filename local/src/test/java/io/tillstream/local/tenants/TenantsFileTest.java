package io.tillstream.local.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.local.yaml.InvalidFileException;
import io.tillstream.local.yaml.YamlFile;
import io.tillstream.schemas.BusinessCalendar;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CredentialKind;
import io.tillstream.schemas.Tenant;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantsFileTest {
    private static final String SECRET = "s".repeat(32);
    private static final String GOOD = """
            tenants:
              - id: cedar-hollow
                name: Cedar Hollow
                timeZone: America/Chicago
                cutOff: 17:00
                currency: USD
                calendar: BANK_DAYS
                openDate: 2026-11-23
                amountMax: 2500.00
                limits: { requestsPerSecond: 50, burst: 80 }
                funds:
                  - { code: water, name: Water }
                processors:
                  - { id: acme-pay, name: Acme Pay, from: 2024-01-01 }
                bank:
                  immediateDestination: "950010001"
                  immediateDestinationName: EXAMPLE BANK
                  immediateOrigin: "1950010001"
                  immediateOriginName: CEDAR HOLLOW
                  companyName: CEDAR HOLLOW
                  companyId: "1950010001"
                  odfi: "95001000"
                  routingNumber: "950120001"
                  accountNumber: "70001000"
                  accountName: CEDAR HOLLOW
                keys:
                  - { id: web, channel: WEB, secretFile: web.key }
                  - { id: kiosk, channel: KIOSK, kind: HMAC, secretFile: web.key }
            """;

    @TempDir
    private Path secrets;

    @BeforeEach
    void writeSecret() throws IOException {
        Files.writeString(secrets.resolve("web.key"), SECRET + "\n");
        Files.writeString(secrets.resolve("short.key"), "short\n");
    }

    @Test
    void shouldReadEveryFieldOfATenant() {
        TenantEntry entry = read(GOOD).get(0);
        Tenant tenant = entry.template();
        assertThat(tenant.getTenant()).isEqualTo("cedar-hollow");
        assertThat(tenant.getCutOff()).isEqualTo("17:00");
        assertThat(tenant.getCalendar()).isEqualTo(BusinessCalendar.BANK_DAYS);
        assertThat(tenant.getAmountMax()).isEqualTo(250_000);
        assertThat(tenant.getHorizonDays()).isEqualTo(400);
        assertThat(tenant.getRequestsPerSecond()).isEqualTo(50);
        assertThat(tenant.getBank().getEntryDescription()).isEqualTo("SETTLEMENT");
        assertThat(entry.openDate()).contains(LocalDate.of(2026, 11, 23));
        assertThat(tenant.getCredentials().get(0).getSecretHash()).isEqualTo(ApiKeys.hash(SECRET));
        assertThat(tenant.getCredentials().get(1).getKind()).isEqualTo(CredentialKind.HMAC);
        assertThat(tenant.getCredentials().get(1).getSecretHash()).isEmpty();
        assertThat(tenant.getCredentials().get(1).getChannel()).isEqualTo(Channel.KIOSK);
        assertThat(entry.hmacSecrets()).containsOnlyKeys("kiosk");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    written                    | instead                     | problem
                    id: cedar-hollow           | id: Cedar Hollow            | tenants.yaml:2:9: tenants[0].id: expected lower-case letters, digits and dashes, at most 40
                    America/Chicago            | Mars/Olympus                | tenants.yaml:4:15: tenants[0].timeZone: expected an IANA time zone such as America/Chicago
                    cutOff: 17:00              | cutOff: 5 pm                | tenants.yaml:5:13: tenants[0].cutOff: expected a time of day such as 17:00
                    cutOff: 17:00              | cutof: 17:00                | tenants.yaml:2:5: tenants[0].cutOff: is missing
                    cutOff: 17:00              | cutof: 17:00                | tenants.yaml:5:12: tenants[0].cutof: is not known here
                    currency: USD              | currency: DOLLARS           | tenants.yaml:6:15: tenants[0].currency: expected an ISO 4217 currency such as USD
                    2500.00                    | 2500.005                    | tenants.yaml:9:16: tenants[0].amountMax: expected a decimal amount in USD such as 2500.00
                    2500.00                    | 0.00                        | tenants.yaml:9:16: tenants[0].amountMax: must be more than zero and below 2^44 minor units
                    burst: 80                  | burst: 0                    | tenants.yaml:10:45: tenants[0].limits.burst: expected a whole number from 1 to 1000000
                    from: 2024-01-01           | from: 2027-01-01            | tenants.yaml:14:7: tenants[0].processors: the first must be in force on openDate
                    routingNumber: "950120001" | routingNumber: "950120002"  | tenants.yaml:23:22: tenants[0].bank.routingNumber: expected a routing number: 9 digits whose last is the check digit
                    accountName: CEDAR HOLLOW  | accountName: THE CITY OF CEDAR HOLLOW | tenants.yaml:25:20: tenants[0].bank.accountName: has more than 22 characters
                    id: kiosk                  | id: web                     | tenants.yaml:27:7: tenants[0].keys: key web stands twice
                    kind: HMAC, secretFile: web.key | kind: HMAC             | tenants.yaml:28:9: tenants[0].keys[1].secretFile: expected either secretFile or secretHash
                    """)
    void shouldTellThePlaceWhenAFieldIsWrong(String written, String instead, String problem) {
        assertThatThrownBy(() -> read(GOOD.replace(written, instead)))
                .isInstanceOfSatisfying(
                        InvalidFileException.class,
                        e -> assertThat(e.problems().stream().map(each -> each.toString()))
                                .contains(problem));
    }

    @Test
    void shouldRefuseASharedImmediateOrigin() {
        String second = GOOD.substring(GOOD.indexOf('\n') + 1).replace("id: cedar-hollow", "id: redrock");
        assertThatThrownBy(() -> read(GOOD + second))
                .hasMessageContaining("tenants: redrock has the bank.immediateOrigin of cedar-hollow");
        assertThat(read(GOOD + second.replace("immediateOrigin: \"1950010001\"", "immediateOrigin: \"1950010002\"")))
                .hasSize(2);
    }

    @Test
    void shouldNameTheFileWhenASecretIsMissingOrShort() {
        assertThatThrownBy(() -> read(GOOD.replaceFirst("web.key", "none.key")))
                .hasMessageContaining("there is no file " + secrets.resolve("none.key"));
        assertThatThrownBy(() -> read(GOOD.replaceFirst("web.key", "short.key")))
                .hasMessageContaining("needs 32 printable characters at least")
                .hasMessageNotContaining("short\n");
    }

    @Test
    void shouldAcceptTheSampleOfTenCities() throws IOException {
        Path sample = Path.of("../examples/tenants.yaml");
        SecureRandom random = new SecureRandom();
        for (String line : Files.readAllLines(sample)) {
            if (line.contains("secretFile: ") && line.endsWith(" }")) {
                String name = line.substring(line.indexOf("secretFile: ") + 12, line.length() - 2);
                Secrets.write(secrets.resolve(name), ApiKeys.newSecret(random));
            }
        }
        List<TenantEntry> cities = TenantsFile.read(sample, secrets);
        assertThat(cities).hasSize(10);
        assertThat(cities)
                .allSatisfy(city -> assertThat(city.template().getCredentials())
                        .extracting(credential -> credential.getChannel())
                        .containsExactlyInAnyOrder(Channel.values()));
    }

    private List<TenantEntry> read(String text) {
        return YamlFile.read("tenants.yaml", new StringReader(text), top -> TenantsFile.tenants(top, secrets));
    }
}
