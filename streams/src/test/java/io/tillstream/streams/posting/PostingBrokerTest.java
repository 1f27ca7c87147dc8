package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.runtime.Settings;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.EventView;
import io.tillstream.streams.StreamsService;
import io.tillstream.streams.StreamsSettings;
import io.tillstream.streams.batch.BatchClients;
import io.tillstream.streams.broker.Captures;
import io.tillstream.streams.broker.FreshTopics;
import io.tillstream.streams.broker.JournalFacts;
import io.tillstream.streams.broker.StreamsRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posting on a real broker: restart, other clients' records, and what it demands of the cluster. */
@Tag("cluster")
final class PostingBrokerTest {
    private static final int PARTITIONS = 4;
    private static final int EVENTS = 400;
    private static final int REPEATED_EVERY = 5;
    private static final int UNKNOWN_SCHEMA_ID = Integer.MAX_VALUE;
    private static final int MEGABYTE = 1024 * 1024;
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static FreshTopics topics;
    private static PostingCodecs codecs;

    @BeforeAll
    static void startCluster() throws Exception {
        topics = FreshTopics.start(directory.resolve("cluster"));
        codecs = PostingCodecs.of(topics.registry());
    }

    @AfterAll
    static void stopCluster() {
        if (topics != null) {
            topics.close();
        }
    }

    @BeforeEach
    void makeTopics() throws Exception {
        topics.make(PARTITIONS);
    }

    @Test
    void shouldRefuseEveryRepeatWhenItIsRestarted() throws Exception {
        Topology real = PostingTopology.build(topics.registry(), PARTITIONS, new SimpleMeterRegistry());
        int repeats = runAndStop(real, "first");
        Topology again = PostingTopology.build(topics.registry(), PARTITIONS, new SimpleMeterRegistry());
        try (StreamsRun run = start(again, "second")) {
            repeats += send(0, EVENTS, 1) - EVENTS;
            send(EVENTS, EVENTS + 50, 1);
            awaitCount(Topics.REFUSED, repeats + EVENTS, run);
            awaitCount(Topics.JOURNAL, PARTITIONS + EVENTS + 50, run);
        }
        JournalFacts journal = JournalFacts.of(topics.read(Topics.JOURNAL));
        assertThat(journal).isEqualTo(new JournalFacts(PARTITIONS + EVENTS + 50, once(EVENTS + 50), 0, 0, 0));
        assertThat(refused()).extracting(Refused::getReason).containsOnly(Refusal.DUPLICATE);
    }

    /** Mutant: the sink places entries by their key, as it would by default. */
    @Test
    void shouldBeStoppedByTheSequenceWhenTheSinkTakesKafkasOwnPartitioner() throws Exception {
        StreamPartitioner<byte[], PostingProcessor.Entry> kafkasOwn = (topic, key, entry, count) -> Optional.empty();
        runAndStop(mutant(kafkasOwn), "mutant-first");
        JournalFacts before = JournalFacts.of(topics.read(Topics.JOURNAL));
        assertThat(before.misplaced()).isPositive();
        assertThat(before.gaps()).isPositive();
        assertThat(before.broken()).isPositive();
        try (StreamsRun run = start(mutant(kafkasOwn), "mutant-second")) {
            Throwable failure = run.failure().get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(failure)
                    .hasRootCauseInstanceOf(BrokenInvariantException.class)
                    .rootCause()
                    .hasMessageContaining("expected sequence");
        }
        assertThat(topics.read(Topics.JOURNAL))
                .as("nothing is posted on a wrong state")
                .hasSize(before.entries());
    }

    /** Stops in the middle of what a poll has brought, with some entries of it made and none sent. */
    @Test
    void shouldPostEachEventOnceWhenItStoppedWithinABatch() throws Exception {
        AtomicInteger left = new AtomicInteger(EVENTS / 2);
        Supplier<Decider> stopping = () -> new Decider() {
            @Override
            Decision decide(Ledger ledger, Tenants.Tenant tenant, EventView event) {
                if (left.decrementAndGet() < 0) {
                    throw new BrokenInvariantException("Test: stopped within a batch");
                }
                return super.decide(ledger, tenant, event);
            }
        };
        sendTerms();
        send(0, EVENTS, 1);
        Topology broken = PostingTopology.build(
                topics.registry(),
                PARTITIONS,
                0,
                new SimpleMeterRegistry(),
                stopping,
                (topic, key, entry, count) -> entry.partition());
        try (StreamsRun run = start(broken, "broken")) {
            assertThat(run.failure().get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .hasRootCauseMessage("Test: stopped within a batch");
        }
        assertThat(topics.read(Topics.JOURNAL)).hasSizeLessThan(PARTITIONS + EVENTS);
        Topology real = PostingTopology.build(topics.registry(), PARTITIONS, new SimpleMeterRegistry());
        try (StreamsRun run = start(real, "sound")) {
            awaitCount(Topics.JOURNAL, PARTITIONS + EVENTS, run);
        }
        assertThat(JournalFacts.of(topics.read(Topics.JOURNAL)))
                .isEqualTo(new JournalFacts(PARTITIONS + EVENTS, once(EVENTS), 0, 0, 0));
        assertThat(refused()).isEmpty();
    }

    private static Topology mutant(StreamPartitioner<byte[], PostingProcessor.Entry> partitioner) {
        return PostingTopology.build(
                topics.registry(), PARTITIONS, 0, new SimpleMeterRegistry(), Decider::new, partitioner);
    }

    /** Terms and events with repeats, all through. @return repeats */
    private static int runAndStop(Topology topology, String name) throws Exception {
        try (StreamsRun run = start(topology, name)) {
            sendTerms();
            int repeats = send(0, EVENTS, REPEATED_EVERY) - EVENTS;
            awaitCount(Topics.JOURNAL, PARTITIONS + EVENTS, run);
            awaitCount(Topics.REFUSED, repeats, run);
            return repeats;
        }
    }

    private static StreamsRun start(Topology topology, String name) {
        return StreamsRun.start(
                PostingTopology.APPLICATION_ID,
                topology,
                new BatchClients(),
                topics.bootstrapServers(),
                directory.resolve(name));
    }

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
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(
                                    JournalFacts.of(topics.read(Topics.JOURNAL)).times())
                            .isEqualTo(sound.subList(0, 7).stream()
                                    .collect(Collectors.toMap(e -> Ids.toUuid(e.getEventId()), e -> 1))));
            assertThat(service.health().liveReport().isUp()).isTrue();
        }
        assertThat(topics.read(Topics.QUARANTINE).stream()
                        .map(found -> codecs.quarantined().decode(found.value()))
                        .map(PostingBrokerTest::position))
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
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(
                                    JournalFacts.of(topics.read(Topics.JOURNAL)).times())
                            .isEqualTo(
                                    sound.stream().collect(Collectors.toMap(e -> Ids.toUuid(e.getEventId()), e -> 1))));
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

    private static String position(Quarantined found) {
        return found.getReason() + " " + found.getTopic() + "-" + found.getPartition() + "@" + found.getOffset();
    }

    @Test
    void shouldRefuseAsMisroutedWhenAClientPlacesByAnotherRule() throws Exception {
        List<PaymentEvent> events =
                IntStream.range(0, 12).mapToObj(Captures::capture).toList();
        List<String> misrouted = new ArrayList<>();
        Topology real = PostingTopology.build(topics.registry(), PARTITIONS, new SimpleMeterRegistry());
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

    @Test
    void shouldNotStartWhenTheJournalIsMissingOrHasOtherPartitions() throws Exception {
        topics.drop();
        topics.make(Topics.EVENTS, PARTITIONS);
        assertThatThrownBy(() -> StreamsService.start(settings()).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The topic ledger-journal-changelog does not exist; run `tillstream topics apply`");
        topics.make(Topics.JOURNAL, PARTITIONS + 1);
        assertThatThrownBy(() -> StreamsService.start(settings()).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("payments.events has 4 partitions, ledger-journal-changelog 5; they must be equal");
    }

    @Test
    void shouldNotStartWhenTransactionsAreOfAnOlderVersion() throws Exception {
        setTransactionVersion(1, UpgradeType.SAFE_DOWNGRADE);
        try {
            assertThatThrownBy(() -> StreamsService.start(settings()).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction.version is 1, needed is 2");
        } finally {
            setTransactionVersion(2, UpgradeType.UPGRADE);
        }
    }

    private static void setTransactionVersion(int version, UpgradeType type) throws Exception {
        topics.admin()
                .updateFeatures(
                        Map.of("transaction.version", new FeatureUpdate((short) version, type)),
                        new UpdateFeaturesOptions())
                .all()
                .get();
        // The broker that answers describeFeatures learns of it from the metadata log.
        Awaitility.await()
                .atMost(LONG)
                .until(() -> topics.admin()
                                .describeFeatures()
                                .featureMetadata()
                                .get()
                                .finalizedFeatures()
                                .get("transaction.version")
                                .maxVersionLevel()
                        == version);
    }

    private static StreamsSettings settings() {
        return Settings.load(
                StreamsSettings.class,
                ConfigFactory.parseMap(Map.of(
                        "kafka", Map.of("bootstrap.servers", topics.bootstrapServers()),
                        "registry.url", topics.registryUrl(),
                        "roles", List.of("posting"),
                        "state.directory", directory.resolve("service").toString(),
                        "ops.port", 0)));
    }

    private static void sendTerms() throws Exception {
        byte[] terms = codecs.terms().encode(Captures.terms());
        try (KafkaProducer<byte[], byte[]> producer = topics.producer(Map.of())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                write(producer, partition, null, terms);
            }
        }
    }

    /** Captures by number; every n-th of them twice, further apart than a batch. @return records sent */
    private static int send(int from, int to, int repeatedEvery) throws Exception {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(from, to).boxed().toList());
        if (repeatedEvery > 1) {
            IntStream.range(from, to).filter(n -> n % repeatedEvery == 0).forEach(numbers::add);
        }
        List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = topics.producer(Map.of())) {
            for (int number : numbers) {
                PaymentEvent event = Captures.capture(number);
                byte[] value = codecs.events().encode(event);
                acknowledged.add(
                        producer.send(new ProducerRecord<>(Topics.EVENTS.topicName(), Captures.key(event), value)));
            }
            for (Future<RecordMetadata> one : acknowledged) {
                one.get();
            }
        }
        return numbers.size();
    }

    private static void write(KafkaProducer<byte[], byte[]> producer, int partition, byte[] key, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(Topics.EVENTS.topicName(), partition, key, value))
                .get();
    }

    private static void awaitCount(Topics topic, int records, StreamsRun run) {
        Awaitility.await(topic + " with " + records)
                .atMost(LONG)
                .failFast(() -> run.failure().isDone())
                .until(() -> topics.read(topic).size() >= records);
    }

    private static List<Refused> refused() {
        return topics.read(Topics.REFUSED).stream()
                .map(found -> codecs.refused().decode(found.value()))
                .toList();
    }

    private static Map<UUID, Integer> once(int events) {
        return IntStream.range(0, events)
                .mapToObj(Captures::capture)
                .collect(Collectors.toMap(event -> Ids.toUuid(event.getEventId()), event -> 1));
    }
}
