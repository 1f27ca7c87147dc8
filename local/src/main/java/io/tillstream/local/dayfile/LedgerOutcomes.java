package io.tillstream.local.dayfile;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.local.connection.PostingLag;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What posting does with events from now on, read from the journal and the refusals. For one thread. */
public final class LedgerOutcomes implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration OFFSETS_LIMIT = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final AvroCodec<JournalEntry> journal;
    private final AvroCodec<Refused> refused;
    private final PostingLag lag;
    private final Map<UUID, Refusal> outcomes = new HashMap<>();

    private LedgerOutcomes(
            Consumer<byte[], byte[]> consumer,
            AvroCodec<JournalEntry> journal,
            AvroCodec<Refused> refused,
            PostingLag lag) {
        this.consumer = consumer;
        this.journal = journal;
        this.refused = refused;
        this.lag = lag;
    }

    /** Follows the topics from where they end now. */
    public static LedgerOutcomes follow(KafkaSettings kafka, SchemaRegistryClient registry) {
        Map<String, Object> settings = kafka.with(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"));
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topics topic : List.of(Topics.JOURNAL, Topics.REFUSED)) {
            consumer.partitionsFor(topic.topicName())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.endOffsets(partitions, OFFSETS_LIMIT).forEach(consumer::seek);
        return new LedgerOutcomes(
                consumer,
                AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry),
                AvroCodec.of(Topics.REFUSED, Refused.class, registry),
                new PostingLag(kafka));
    }

    /**
     * Waits until posting has passed everything that is in payments.events now.
     *
     * @return whether it did within the limit
     */
    boolean await(Duration limit) {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        Map<TopicPartition, Long> inputEnds = lag.inputEnds();
        while (lag.before(inputEnds) > 0) {
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            poll();
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), OFFSETS_LIMIT);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            poll();
        }
        return true;
    }

    /** Why the event was refused, NONE if it is in the journal; empty if nothing was heard of it. */
    Optional<Refusal> outcome(UUID eventId) {
        return Optional.ofNullable(outcomes.get(eventId));
    }

    @Override
    public void close() {
        consumer.close();
        lag.close();
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.topic().equals(Topics.JOURNAL.topicName())) {
                JournalEntry entry = journal.decode(record.value());
                Refusal reason = entry.getKind() == EntryKind.RELEASE_REFUSED ? entry.getReason() : Refusal.NONE;
                note(entry.getEvent(), reason);
            } else {
                Refused refusal = refused.decode(record.value());
                note(refusal.getEvent(), refusal.getReason());
            }
        }
    }

    /** Once recorded, an event stays so: a later refusal is that of a repeat. */
    private void note(PaymentEvent event, Refusal reason) {
        if (event != null) {
            outcomes.merge(Ids.toUuid(event.getEventId()), reason, (one, other) -> one == Refusal.NONE ? one : other);
        }
    }
}
