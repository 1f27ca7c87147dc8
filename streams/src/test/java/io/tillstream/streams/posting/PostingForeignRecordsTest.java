package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.WireFormat;
import io.tillstream.streams.StreamsService;
import io.tillstream.streams.broker.Captures;
import io.tillstream.streams.broker.JournalFacts;
import io.tillstream.streams.broker.StreamsRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.streams.Topology;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Posting on a real broker that holds records of clients that did not come through ingest. */
@Tag("cluster")
final class PostingForeignRecordsTest extends PostingOnBroker {
    private static final int UNKNOWN_SCHEMA_ID = Integer.MAX_VALUE;
    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void shouldPutAsideWithReasonAndPositionAndGoOnWhenRecordsAreMalformed() throws Exception {
        int partition = 2;
        List<PaymentEvent> sound =
                Captures.of(partition, PARTITIONS, 0).limit(8).toList();
        byte[] whole = codecs.events().encode(sound.get(7));
        byte[] otherSchema = whole.clone();
        WireFormat.writeHeader(otherSchema, UNKNOWN_SCHEMA_ID);
        byte[] otherMagic = whole.clone();
        otherMagic[0] = 7;
        List<Bad> bad = Arrays.asList(
                new Bad(null, QuarantineReason.NULL_VALUE),
                new Bad(new byte[] {0, 0}, QuarantineReason.TOO_SHORT),
                new Bad(otherMagic, QuarantineReason.WRONG_MAGIC),
                new Bad(otherSchema, QuarantineReason.UNKNOWN_SCHEMA),
                new Bad(Arrays.copyOf(whole, whole.length / 2), QuarantineReason.MALFORMED),
                new Bad(Arrays.copyOf(whole, whole.length + 1), QuarantineReason.TRAILING_BYTES),
                new Bad(Arrays.copyOf(whole, MEGABYTE), QuarantineReason.TOO_LARGE));
        List<String> expected = new ArrayList<>();
        try (StreamsService service = StreamsService.start(settings());
                KafkaProducer<byte[], byte[]> producer = topics.producer(Map.of())) {
            sendTerms();
            for (int i = 0; i < bad.size(); i++) {
                write(
                        producer,
                        partition,
                        Captures.key(sound.get(7)),
                        bad.get(i).value());
                long offset = 1 + 2L * i; // the terms, then a bad and a sound one each
                expected.add(bad.get(i).reason() + " payments.events-" + partition + "@" + offset);
                write(
                        producer,
                        partition,
                        Captures.key(sound.get(i)),
                        codecs.events().encode(sound.get(i)));
            }
            awaitPostedOnce(sound.subList(0, 7));
            assertThat(service.health().liveReport().isUp()).isTrue();
        }
        assertThat(topics.read(Topics.QUARANTINE).stream()
                        .map(found -> codecs.quarantined().decode(found.value()))
                        .map(PostingForeignRecordsTest::position))
                .containsExactlyElementsOf(expected);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bad(byte[] value, QuarantineReason reason) {}

    @Test
    void shouldRefuseOrPutAsideWithPositionAndGoOnWhenEventsAreUnacceptable() throws Exception {
        int partition = 1;
        List<UnacceptableEvents.Unacceptable> bad = UnacceptableEvents.of(partition, PARTITIONS);
        List<PaymentEvent> sound =
                Captures.of(partition, PARTITIONS, 0).limit(bad.size()).toList();
        try (StreamsService service = StreamsService.start(settings());
                KafkaProducer<byte[], byte[]> producer = topics.producer(Map.of())) {
            sendTerms();
            for (int i = 0; i < bad.size(); i++) {
                PaymentEvent event = bad.get(i).event();
                write(producer, partition, Captures.key(event), codecs.events().encode(event));
                write(
                        producer,
                        partition,
                        Captures.key(sound.get(i)),
                        codecs.events().encode(sound.get(i)));
            }
            awaitPostedOnce(sound);
            assertThat(service.health().liveReport().isUp()).isTrue();
        }
        Map<Long, String> outcomes = new TreeMap<>();
        refused()
                .forEach(found -> outcomes.put(
                        found.getOffset(), found.getReason() + " payments.events-" + found.getPartition()));
        topics.read(Topics.QUARANTINE).stream()
                .map(found -> codecs.quarantined().decode(found.value()))
                .forEach(found -> outcomes.put(
                        found.getOffset(), found.getReason() + " " + found.getTopic() + "-" + found.getPartition()));
        Map<Long, String> expected = new TreeMap<>();
        for (int i = 0; i < bad.size(); i++) {
            // The terms, then a bad and a sound one each.
            expected.put(1 + 2L * i, bad.get(i).reason() + " payments.events-" + partition);
        }
        assertThat(outcomes).isEqualTo(expected);
    }

    /** Waits until the journal holds these events, each once, and no others. */
    private static void awaitPostedOnce(List<PaymentEvent> events) {
        Map<UUID, Integer> once =
                events.stream().collect(Collectors.toMap(event -> Ids.toUuid(event.getEventId()), event -> 1));
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(
                                JournalFacts.of(topics.read(Topics.JOURNAL)).times())
                        .isEqualTo(once));
    }

    private static String position(Quarantined found) {
        return found.getReason() + " " + found.getTopic() + "-" + found.getPartition() + "@" + found.getOffset();
    }

    @Test
    void shouldRefuseAsMisroutedWhenAClientPlacesByAnotherRule() throws Exception {
        List<PaymentEvent> events =
                IntStream.range(0, 12).mapToObj(Captures::capture).toList();
        List<String> misrouted = new ArrayList<>();
        Topology real = PostingTopology.build(topics.registry(), PARTITIONS, 0, new SimpleMeterRegistry());
        Map<String, Object> byTurns = Map.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, RoundRobinPartitioner.class);
        try (StreamsRun run = start(real, "misrouted");
                KafkaProducer<byte[], byte[]> producer = topics.producer(byTurns)) {
            sendTerms();
            for (PaymentEvent event : events) {
                byte[] key = Captures.key(event);
                byte[] value = codecs.events().encode(event);
                RecordMetadata at = producer.send(new ProducerRecord<>(Topics.EVENTS.topicName(), key, value))
                        .get();
                if (at.partition() != PaymentKeys.partition(key, PARTITIONS)) {
                    misrouted.add("MISROUTED " + at.partition() + "@" + at.offset());
                }
            }
            assertThat(misrouted).isNotEmpty();
            awaitCount(Topics.REFUSED, misrouted.size(), run);
            awaitCount(Topics.JOURNAL, PARTITIONS + events.size() - misrouted.size(), run);
        }
        assertThat(refused())
                .extracting(found -> found.getReason() + " " + found.getPartition() + "@" + found.getOffset())
                .containsExactlyInAnyOrderElementsOf(misrouted);
    }
}
