package io.tillstream.local.tenants;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ingest.auth.ControlKeys;
import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BusinessCalendar;
import io.tillstream.schemas.Credential;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Brings the cluster's tenants to what a file says. */
public final class TenantsApplication {
    private static final String TRANSACTIONAL_ID = "tillstream-tenants";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** What applying does to a tenant. */
    public enum Change {
        ADDED,
        CHANGED,
        UNCHANGED
    }

    /**
     * One tenant after applying.
     *
     * @param marked whether posting was told, by a mark in every partition
     * @param record as it is in the topic now
     */
    public record Applied(Change change, boolean marked, Tenant record) {}

    private final KafkaSettings kafka;
    private final SchemaRegistryClient registry;
    private final Optional<ControlKeys> controlKeys;
    private final Clock clock;

    /** @param controlKeys seal HMAC secrets; may be empty if no tenant has an HMAC key */
    public TenantsApplication(
            KafkaSettings kafka, SchemaRegistryClient registry, Optional<ControlKeys> controlKeys, Clock clock) {
        this.kafka = kafka;
        this.registry = registry;
        this.controlKeys = controlKeys;
        this.clock = clock;
    }

    /**
     * Writes what differs, all or nothing, and returns when it is committed.
     *
     * @throws IllegalStateException if a tenant's currency would change, two tenants would share an immediate origin, an HMAC key has no keyset to be sealed with, or the
     *     brokers do not take the records; then nothing was changed
     */
    public List<Applied> apply(List<TenantEntry> entries) {
        Map<String, Tenant> before = TenantsTopic.read(kafka, registry);
        checkOrigins(entries, before);
        List<Applied> applied = new ArrayList<>();
        for (TenantEntry entry : entries) {
            applied.add(compare(entry, Optional.ofNullable(before.get(entry.tenant()))));
        }
        if (applied.stream().anyMatch(tenant -> tenant.change() != Change.UNCHANGED)) {
            write(applied);
        }
        return applied;
    }

    /** As within one file: the cities of earlier files send theirs too. */
    private static void checkOrigins(List<TenantEntry> entries, Map<String, Tenant> before) {
        Set<String> ours = entries.stream().map(TenantEntry::tenant).collect(Collectors.toSet());
        Map<String, String> others = new HashMap<>();
        for (Tenant tenant : before.values()) {
            // What the file says of a tenant counts in place of what was said before.
            if (!ours.contains(tenant.getTenant())) {
                others.put(tenant.getBank().getImmediateOrigin(), tenant.getTenant());
            }
        }
        for (TenantEntry entry : entries) {
            String other = others.get(entry.immediateOrigin());
            if (other != null) {
                throw new IllegalStateException(entry.tenant() + ": bank.immediateOrigin is that of " + other
                        + "; NACHA file id modifiers must be unique per origin and day");
            }
        }
    }

    private Applied compare(TenantEntry entry, Optional<Tenant> before) {
        if (before.isEmpty()) {
            LocalDate openDate = entry.openDate().orElseGet(() -> openDate(entry.template()));
            return new Applied(Change.ADDED, true, entry.toRecord(openDate, sealer(entry.tenant(), Map.of())));
        }
        Tenant old = before.get();
        if (!old.getCurrency().equals(entry.template().getCurrency())) {
            throw new IllegalStateException(entry.tenant() + ": the currency is " + old.getCurrency()
                    + " and can't change; a city that changes its currency becomes a new tenant");
        }
        // The first open date is read once; from then on posting knows the open date.
        Tenant record = entry.toRecord(old.getOpenDate(), sealer(entry.tenant(), sealed(old)));
        Change change = record.equals(old) ? Change.UNCHANGED : Change.CHANGED;
        return new Applied(change, !terms(record).equals(terms(old)), record);
    }

    /** The date that is open now: today until the cut-off has passed. */
    private LocalDate openDate(Tenant tenant) {
        ZonedDateTime now = clock.instant().atZone(ZoneId.of(tenant.getTimeZone()));
        LocalTime cutOff = LocalTime.parse(tenant.getCutOff());
        boolean passed =
                !cutOff.equals(LocalTime.MIDNIGHT) && !now.toLocalTime().isBefore(cutOff);
        LocalDate date = passed ? now.toLocalDate().plusDays(1) : now.toLocalDate();
        BankCalendar bankDays = BankCalendar.federalReserve();
        boolean open = tenant.getCalendar() == BusinessCalendar.EVERY_DAY || bankDays.isOpen(date);
        return open ? date : bankDays.nextOpenAfter(date);
    }

    private static Map<String, ByteBuffer> sealed(Tenant tenant) {
        Map<String, ByteBuffer> sealed = new HashMap<>();
        for (Credential credential : tenant.getCredentials()) {
            if (credential.getSealedSecret().hasRemaining()) {
                sealed.put(credential.getKeyId(), credential.getSealedSecret());
            }
        }
        return sealed;
    }

    /** Sealing gives other bytes each time, so a secret that has not changed keeps its sealed form. */
    private BiFunction<String, String, ByteBuffer> sealer(String tenant, Map<String, ByteBuffer> before) {
        return (keyId, secret) -> {
            ControlKeys keys = controlKeys.orElseThrow(() -> new IllegalStateException(tenant + ": key " + keyId
                    + " is of kind HMAC and needs the control keyset; make one with `tillstream keys control`"));
            byte[] clear = secret.getBytes(StandardCharsets.UTF_8);
            ByteBuffer old = before.get(keyId);
            if (old != null && opensTo(keys, tenant, keyId, old, clear)) {
                return old;
            }
            try {
                return ByteBuffer.wrap(keys.seal(clear, tenant, keyId));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(tenant + ": key " + keyId + " could not be sealed", e);
            }
        };
    }

    private static boolean opensTo(ControlKeys keys, String tenant, String keyId, ByteBuffer sealed, byte[] clear) {
        byte[] bytes = new byte[sealed.remaining()];
        sealed.duplicate().get(bytes);
        try {
            return MessageDigest.isEqual(keys.open(bytes, tenant, keyId), clear);
        } catch (GeneralSecurityException e) {
            // Sealed with a keyset that is not used any more: seal it again.
            return false;
        }
    }

    static TenantTerms terms(Tenant tenant) {
        return new TenantTerms(
                tenant.getTenant(),
                tenant.getCurrency(),
                tenant.getOpenDate(),
                tenant.getHorizonDays(),
                tenant.getParkedCloses(),
                tenant.getAmountMax());
    }

    private void write(List<Applied> applied) {
        AvroCodec<Tenant> tenants = AvroCodec.of(Topics.TENANTS, Tenant.class, registry);
        AvroCodec<TenantTerms> terms = AvroCodec.of(Topics.EVENTS, TenantTerms.class, registry);
        Producer<byte[], byte[]> producer = producer();
        try {
            producer.initTransactions();
            List<PartitionInfo> partitions = producer.partitionsFor(Topics.EVENTS.topicName());
            producer.beginTransaction();
            List<Future<?>> sent = new ArrayList<>();
            for (Applied tenant : applied) {
                if (tenant.change() == Change.UNCHANGED) {
                    continue;
                }
                byte[] key = tenant.record().getTenant().getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(
                        new ProducerRecord<>(Topics.TENANTS.topicName(), key, tenants.encode(tenant.record()))));
                byte[] mark = terms.encode(terms(tenant.record()));
                for (PartitionInfo partition : tenant.marked() ? partitions : List.<PartitionInfo>of()) {
                    sent.add(producer.send(
                            new ProducerRecord<>(Topics.EVENTS.topicName(), partition.partition(), null, mark)));
                }
            }
            for (Future<?> record : sent) {
                record.get();
            }
            producer.commitTransaction();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The brokers did not take the tenants: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the tenants were written", e);
        } finally {
            producer.close(CLOSE_LIMIT);
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = kafka.with(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "20000",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "15000",
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000"));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
