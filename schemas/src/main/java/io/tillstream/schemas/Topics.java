package io.tillstream.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The topic catalogue: every topic's name, key, records, partitions, cleanup and retention. */
public enum Topics {
    /** Payments and marks; key {@code tenant:paymentId} (marks: none, written to every partition). */
    EVENTS(
            "payments.events",
            Partitions.AS_EVENTS,
            Duration.ofDays(35),
            PaymentEvent.SCHEMA$,
            TenantTerms.SCHEMA$,
            BusinessDayClose.SCHEMA$),
    /** The journal, which is also the changelog of posting's store; key as in EVENTS. Kept for ever. */
    JOURNAL("ledger-journal-changelog", Partitions.AS_EVENTS, null, JournalEntry.SCHEMA$),
    /** Business refusals and duplicates; key {@code tenant:paymentId}. */
    REFUSED("payments.refused", Partitions.AS_EVENTS, Duration.ofDays(400), Refused.SCHEMA$),
    /** What could not or must not be read; key: tenant or none. */
    QUARANTINE("payments.quarantine", Partitions.ONE, Duration.ofDays(400), Quarantined.SCHEMA$),
    /** One partition's totals of a closed business date; key: batch id. */
    PARTS("settlement.parts", Partitions.ONE, Duration.ofDays(400), SettlementPart.SCHEMA$),
    /** Completed batches; key: tenant. */
    BATCHES("settlement.batches", Partitions.ONE, null, SettlementBatch.SCHEMA$),
    /** Released settlement files; key: tenant. */
    FILES("settlement.files", Partitions.ONE, null, SettlementFileReleased.SCHEMA$),
    /** Findings of detection; key: tenant. */
    ANOMALIES("fraud.anomalies", Partitions.ONE, Duration.ofDays(400), Anomaly.SCHEMA$),
    /** Configuration of the cities; key: tenant; the latest counts. */
    TENANTS("tenants", Partitions.ONE_COMPACTED, null, Tenant.SCHEMA$),
    /** Suspensions; key: tenant|channel|tender; the latest counts. */
    CONTROLS("controls", Partitions.ONE_COMPACTED, null, Suspension.SCHEMA$);

    private enum Partitions {
        AS_EVENTS,
        ONE,
        ONE_COMPACTED
    }

    /** Largest record of payments.events; the broker refuses a larger one. */
    public static final int EVENT_BYTES_MAX = 2 * 1024 * 1024;

    /** Largest record of the other topics, which hold events with something around them. */
    public static final int MESSAGE_BYTES_MAX = 2 * EVENT_BYTES_MAX;

    private final String topicName;
    private final Partitions partitions;
    private final Duration retention;

    @SuppressWarnings("ImmutableEnumChecker") // List.of, and nothing here changes a generated schema
    private final List<Schema> schemas;

    Topics(String topicName, Partitions partitions, Duration retention, Schema... schemas) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.retention = retention;
        this.schemas = List.of(schemas);
    }

    /** Name in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** Schemas of the values that the topic may hold. */
    public List<Schema> schemas() {
        return schemas;
    }

    /** Partitions of the topic in a cluster whose payments.events has {@code eventPartitions}. */
    public int partitions(int eventPartitions) {
        return partitions == Partitions.AS_EVENTS ? eventPartitions : 1;
    }

    /** Topic configuration as Kafka names it. */
    public Map<String, String> configuration() {
        String maxBytes = Integer.toString(this == EVENTS ? EVENT_BYTES_MAX : MESSAGE_BYTES_MAX);
        if (partitions == Partitions.ONE_COMPACTED) {
            return Map.of("cleanup.policy", "compact", "max.message.bytes", maxBytes);
        }
        String retentionMs = Long.toString(retention == null ? -1 : retention.toMillis());
        return Map.of("cleanup.policy", "delete", "retention.ms", retentionMs, "max.message.bytes", maxBytes);
    }

    /** Subject of a record on this topic: topic and record name, so that one topic may hold several records. */
    public String subject(Schema schema) {
        if (!schemas.contains(schema)) {
            throw new IllegalArgumentException(schema.getFullName() + " does not belong on " + topicName);
        }
        return topicName + "-" + schema.getFullName();
    }
}
