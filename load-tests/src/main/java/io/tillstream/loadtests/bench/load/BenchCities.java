package io.tillstream.loadtests.bench.load;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.local.tenants.TenantEntry;
import io.tillstream.local.tenants.TenantsApplication;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.BankDetails;
import io.tillstream.schemas.BusinessCalendar;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Credential;
import io.tillstream.schemas.CredentialKind;
import io.tillstream.schemas.Fund;
import io.tillstream.schemas.PaymentIds;
import io.tillstream.schemas.ProcessorTerm;
import io.tillstream.schemas.Tenant;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** The cities of a load. Their key is known to all: the servers listen on 127.0.0.1 and live as long as the benchmark. */
public final class BenchCities {
    private static final String SECRET = "a-key-for-benchmarks-that-guards-nothing-0001";
    private static final String KEY_ID = "web";
    private static final Channel CHANNEL = Channel.WEB;

    private BenchCities() {}

    /** Tells the cluster of the cities. */
    public static void apply(KafkaSettings kafka, SchemaRegistryClient registry, int count, int eventsPerSecond) {
        List<TenantEntry> entries = IntStream.range(0, count)
                .mapToObj(city -> new TenantEntry(tenant(city, eventsPerSecond), Optional.empty(), Map.of()))
                .toList();
        new TenantsApplication(kafka, registry, Optional.empty(), Clock.systemUTC()).apply(entries);
    }

    static String name(int city) {
        return "city-" + city;
    }

    /** The value of the header Authorization. */
    static String authorization(int city) {
        return ApiKeys.bearer(name(city), KEY_ID, SECRET);
    }

    /** The id that ingest gives an event; that of its payment too, as every event of a load begins one. */
    static UUID eventId(int city, String idempotencyKey) {
        return PaymentIds.eventId(name(city), CHANNEL, idempotencyKey);
    }

    private static Tenant tenant(int city, int eventsPerSecond) {
        LocalDate before = LocalDate.of(2020, 1, 1);
        return new Tenant(
                name(city),
                "City " + city,
                "UTC",
                "00:00",
                "USD",
                BusinessCalendar.EVERY_DAY,
                before,
                400,
                3,
                100_000_000L,
                List.of(new Fund("water", "Water"), new Fund("permits", "Permits")),
                List.of(new ProcessorTerm("acme", "Acme", before)),
                bank(city),
                eventsPerSecond,
                eventsPerSecond,
                List.of(new Credential(
                        KEY_ID,
                        CHANNEL,
                        CredentialKind.API_KEY,
                        ApiKeys.hash(SECRET),
                        ByteBuffer.allocate(0),
                        Instant.EPOCH)));
    }

    private static BankDetails bank(int city) {
        return new BankDetails(
                "091000019",
                "BANK",
                Integer.toString(100_000_000 + city),
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
}
