package io.tillstream.local.demo;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.local.simulation.Observed;
import io.tillstream.local.simulation.Position;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Anomaly;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the topics from where they end when it starts, reading only what is committed, and notes what became of every event and
 * of every input position. One thread reads; figures are read by others.
 */
final class Observer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration OFFSETS_LIMIT = Duration.ofSeconds(30);
    private static final long CLOSE_LIMIT_MS = 5_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Codecs codecs;
    private final boolean remembers;
    private final Thread thread = new Thread(this::run, "observer");
    private volatile boolean closing;
    private volatile RuntimeException failure;

    // Guarded by this.
    private final Figures figures = new Figures();
    private final Map<UUID, Observed> events = new HashMap<>();
    private final Map<Position, Integer> outcomes = new HashMap<>();
    private final Set<Position> marks = new HashSet<>();
    private final Map<Position, QuarantineReason> quarantined = new HashMap<>();
    private final Map<TopicPartition, Long> inputPositions = new HashMap<>();

    private record Codecs(
            AvroCodec<JournalEntry> journal,
            AvroCodec<Refused> refused,
            AvroCodec<Quarantined> quarantined,
            AvroCodec<Anomaly> anomalies,
            int termsId,
            int closeId) {}

    private Observer(Consumer<byte[], byte[]> consumer, Codecs codecs, boolean remembers) {
        this.consumer = consumer;
        this.codecs = codecs;
        this.remembers = remembers;
    }

    /** @param remembers whether every event and position is kept for the comparison at the end; else figures only */
    static Observer start(KafkaSettings kafka, SchemaRegistryClient registry, boolean remembers) {
        Codecs codecs = new Codecs(
                AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry),
                AvroCodec.of(Topics.REFUSED, Refused.class, registry),
                AvroCodec.of(Topics.QUARANTINE, Quarantined.class, registry),
                AvroCodec.of(Topics.ANOMALIES, Anomaly.class, registry),
                AvroCodec.of(Topics.EVENTS, TenantTerms.class, registry).schemaId(),
                AvroCodec.of(Topics.EVENTS, BusinessDayClose.class, registry).schemaId());
        Map<String, Object> settings = kafka.with(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"));
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Observer observer = new Observer(consumer, codecs, remembers);
        observer.assign();
        observer.thread.setDaemon(true);
        observer.thread.start();
        return observer;
    }

    private void assign() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topics topic : List.of(
                Topics.EVENTS,
                Topics.JOURNAL,
                Topics.REFUSED,
                Topics.QUARANTINE,
                Topics.ANOMALIES,
                Topics.BATCHES,
                Topics.FILES)) {
            consumer.partitionsFor(topic.topicName())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.endOffsets(partitions, OFFSETS_LIMIT).forEach(consumer::seek);
    }

    private void run() {
        try (consumer) {
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
                notePositions();
            }
        } catch (WakeupException e) {
            // Told to close.
            closing = true;
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private synchronized void notePositions() {
        for (TopicPartition partition : consumer.assignment()) {
            if (partition.topic().equals(Topics.EVENTS.topicName())) {
                inputPositions.put(partition, consumer.position(partition));
            }
        }
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        Topics topic = topic(record.topic());
        switch (topic) {
            case EVENTS -> input(record);
            case JOURNAL -> entry(codecs.journal().decode(record.value()));
            case REFUSED -> refusal(codecs.refused().decode(record.value()));
            case QUARANTINE -> quarantine(codecs.quarantined().decode(record.value()));
            case ANOMALIES -> anomaly(codecs.anomalies().decode(record.value()));
            case BATCHES -> figures.batches++;
            case FILES -> figures.files++;
            case PARTS, TENANTS, CONTROLS -> throw new IllegalStateException(topic + " is not followed");
        }
    }

    private void input(ConsumerRecord<byte[], byte[]> record) {
        int schemaId = schemaId(record.value());
        if (schemaId == codecs.termsId() || schemaId == codecs.closeId()) {
            if (remembers) {
                marks.add(new Position(record.partition(), record.offset()));
            }
            return;
        }
        figures.inputs++;
        if (remembers) {
            outcomes.putIfAbsent(new Position(record.partition(), record.offset()), 0);
        }
    }

    private void entry(JournalEntry entry) {
        figures.entries++;
        if (entry.getEvent() == null) {
            return;
        }
        EntryKind kind = entry.getKind();
        figures.entry(kind);
        if (remembers) {
            observed(Ids.toUuid(entry.getEvent().getEventId())).entry(kind);
            switch (kind) {
                case RECORDED, PARKED -> outcome(entry.getPartition(), entry.getSourceOffset(), 1);
                // Its refusal bears the position of the input that released it, or of the mark that ended its waiting.
                case RELEASE_REFUSED -> outcome(entry.getPartition(), entry.getSourceOffset(), -1);
                case RELEASED, TERMS_SET, DAY_CLOSED -> {} // no outcome of the input
            }
        }
    }

    private void refusal(Refused refused) {
        figures.refused(refused.getReason().name());
        if (refused.getEvent() == null) {
            return;
        }
        figures.refusedEvents++;
        if (remembers) {
            observed(Ids.toUuid(refused.getEvent().getEventId())).refusal(refused.getReason());
            outcome(refused.getPartition(), refused.getOffset(), 1);
        }
    }

    private void quarantine(Quarantined input) {
        figures.quarantined(input.getReason().name());
        if (input.getTopic().equals(Topics.EVENTS.topicName())) {
            figures.unreadable++;
            if (remembers) {
                outcome(input.getPartition(), input.getOffset(), 1);
                quarantined.put(new Position(input.getPartition(), input.getOffset()), input.getReason());
            }
        }
    }

    private void anomaly(Anomaly anomaly) {
        figures.anomalies().put(anomaly.getAnomalyId(), anomaly.getTenant());
    }

    private void outcome(int partition, long offset, int count) {
        outcomes.merge(new Position(partition, offset), count, Integer::sum);
    }

    private Observed observed(UUID id) {
        return events.computeIfAbsent(id, first -> new Observed());
    }

    private static int schemaId(byte[] value) {
        try {
            return WireFormat.schemaId(value);
        } catch (UnreadableRecordException e) {
            // Input that has no schema id is still input, and has to end in quarantine.
            return -1;
        }
    }

    private static Topics topic(String name) {
        for (Topics topic : Topics.values()) {
            if (topic.topicName().equals(name)) {
                return topic;
            }
        }
        throw new IllegalStateException("No topic of the catalogue: " + name);
    }

    /** A copy of the figures as they are now. @throws IllegalStateException if reading has failed */
    synchronized Figures figures() {
        if (failure != null) {
            throw new IllegalStateException("Following the topics failed", failure);
        }
        return figures.copy();
    }

    /** Input positions that have no outcome yet, or more than one. */
    synchronized List<String> positionsWithoutOneOutcome() {
        List<String> wrong = new ArrayList<>();
        outcomes.forEach((position, count) -> {
            if (count != (marks.contains(position) ? 0 : 1)) {
                wrong.add(position + " has " + count + " outcomes");
            }
        });
        return wrong;
    }

    /** What became of each event. */
    synchronized Map<UUID, Observed> events() {
        return Map.copyOf(events);
    }

    /** Events of this run that still wait for the one that they refer to. */
    synchronized long parkedNow() {
        return events.values().stream().filter(Observed::isWaiting).count();
    }

    /** Input put aside, by position. */
    synchronized Map<Position, QuarantineReason> quarantined() {
        return Map.copyOf(quarantined);
    }

    /** How far payments.events has been read. */
    synchronized Map<TopicPartition, Long> inputPositions() {
        return Map.copyOf(inputPositions);
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
