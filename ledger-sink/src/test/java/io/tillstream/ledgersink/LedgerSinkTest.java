package io.tillstream.ledgersink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.closing.CloseResult;
import io.tillstream.ledgersink.reconciliation.Verification;
import io.tillstream.ledgersink.settlement.files.LineEnd;
import io.tillstream.ledgersink.testing.City;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.JournalTopic;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.SideRecords;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TopicReader;
import io.tillstream.runtime.HealthStatus;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole module: topics in, rows, files and marks out. */
@Tag("cluster")
final class LedgerSinkTest {
    private static final int PARTITIONS = LedgerCluster.PARTITIONS;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final JournalScript script = new JournalScript(Storing.journalCodec(), PARTITIONS);
    private final City ada = new City(script, "ada", PARTITIONS, 1);
    private final Clock beforeCutOff = Clock.fixed(Instant.parse("2026-03-02T16:00:00Z"), ZoneOffset.UTC);

    private final List<String> faults = new CopyOnWriteArrayList<>();

    @TempDir
    private Path files;

    private Ledger ledger;
    private JournalTopic topic;

    @BeforeEach
    void open() {
        LedgerCluster.freshTopics();
        String url = LedgerCluster.emptyDatabaseUrl();
        ledger = LedgerCluster.view(url);
        topic = new JournalTopic();
    }

    @AfterEach
    void close() {
        topic.close();
        ledger.close();
    }

    @Test
    void shouldGoTheWholeWayFromTopicsToFilesAndMarks() throws Exception {
        topic.write(Topics.TENANTS, 0, List.of(SideRecords.tenant("ada")));
        topic.write(Topics.REFUSED, 1, List.of(SideRecords.refused("ada", true), SideRecords.refused("ada", false)));
        topic.write(Topics.QUARANTINE, 0, List.of(SideRecords.quarantined("")));
        topic.write(Topics.ANOMALIES, 0, List.of(SideRecords.anomaly("a-1", 5), SideRecords.anomaly("a-1", 9)));
        script.terms("ada", MONDAY);
        ada.day();
        topic.write(script, PARTITIONS);
        try (LedgerSink sink = LedgerSink.start(settings(), beforeCutOff, faults::add);
                LedgerCommands commands = LedgerCommands.open(settings(), beforeCutOff)) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> sink.health().readyReport().isUp());
            awaitEntries();
            Awaitility.await().atMost(LIMIT).until(() -> commands.close("ada", MONDAY) == CloseResult.CLOSED);
            assertThat(commands.close("ada", MONDAY)).isEqualTo(CloseResult.ALREADY_CLOSED);
            assertThat(TopicReader.records(Topics.EVENTS)).hasSize(PARTITIONS);

            // Here posting and settlement answer the marks.
            SettlementBatch batch = script.close("ada");
            topic.write(Topics.BATCHES, 0, List.of(batchCodec().encode(batch)));
            topic.write(script, PARTITIONS);
            awaitEntries();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() ->
                            ledger.rows("SELECT state FROM settlement.batches").equals(List.of("WRITTEN")));
            ada.fund(batch, 23153);
            topic.write(script, PARTITIONS);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() ->
                            ledger.value("SELECT state FROM settlement.batches").equals("FUNDED"));
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> TopicReader.values(Topics.FILES).size() == 2);

            Verification verification = commands.verify();
            assertThat(verification.findings()).isEmpty();
            assertThat(verification.files()).isEqualTo(2);
            assertThat(sink.lag()).isZero();
            assertThat(get(sink, "/metrics"))
                    .contains("tillstream_sink_records_total{intake=\"journal-0\"", "tillstream_sink_batches{");
        }
        assertThat(ledger.rows("SELECT reason, event_type, amount FROM ledger.refusals ORDER BY reason"))
                .containsExactly("CLOSE_OUT_OF_ORDER||", "DUPLICATE|CAPTURED|100");
        assertThat(ledger.rows("SELECT reason, topic, \"offset\", value_bytes FROM operations.quarantine"))
                .containsExactly("MALFORMED|payments.events|7|12");
        assertThat(ledger.rows("SELECT anomaly_id, attempts, evidence FROM fraud.anomalies"))
                .containsExactly("a-1|9|{e1,e2}");
        assertThat(ledger.rows("SELECT tenant, name, cut_off, open_date FROM operations.tenants"))
                .containsExactly("ada|City of ada|17:00|2026-03-03");
    }

    @Test
    void shouldGoOnWhereItStoppedWhenItIsStartedAgain() throws Exception {
        topic.write(Topics.TENANTS, 0, List.of(SideRecords.tenant("ada")));
        script.terms("ada", MONDAY);
        for (int i = 0; i < 3; i++) {
            ada.day();
            topic.write(script, PARTITIONS);
            topic.write(Topics.REFUSED, i, List.of(SideRecords.refused("ada", true)));
            int refusals = i + 1;
            try (LedgerSink sink = LedgerSink.start(settings(), beforeCutOff, faults::add)) {
                awaitEntries();
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> ledger.value("SELECT count(*) FROM ledger.refusals")
                                .equals(Integer.toString(refusals)));
                assertThat(sink.health().liveReport().isUp()).isTrue();
                assertThat(workers()).contains("tillstream-closer", "tillstream-settlement", "sink-records-0");
            }
        }
        try (LedgerCommands commands = LedgerCommands.open(settings(), beforeCutOff)) {
            assertThat(commands.verify().findings()).isEmpty();
        }
    }

    @Test
    void shouldCloseByTimeWhenTheCutOffHasPassed() {
        topic.write(Topics.TENANTS, 0, List.of(SideRecords.tenant("ada")));
        script.terms("ada", MONDAY);
        topic.write(script, PARTITIONS);
        Clock afterCutOff = Clock.fixed(Instant.parse("2026-03-02T23:00:00Z"), ZoneOffset.UTC);
        try (LedgerSink sink = LedgerSink.start(settings(), afterCutOff, faults::add)) {
            assertThat(sink.opsPort()).isPositive();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> TopicReader.values(Topics.EVENTS).size() == PARTITIONS);
        }
    }

    @Test
    void shouldStopAllItsWorkAndSayWhyWhenTheJournalIsBroken() throws Exception {
        script.terms("ada", MONDAY);
        ada.day();
        topic.write(Topics.JOURNAL, 1, script.values(1).subList(1, 3));
        try (LedgerSink sink = LedgerSink.start(settings(), beforeCutOff, faults::add)) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> !sink.health().liveReport().isUp());
            Map<String, HealthStatus> checks = sink.health().liveReport().checks();
            assertThat(checks.values().stream().filter(check -> !check.isUp()).findFirst())
                    .hasValueSatisfying(check -> assertThat(check.reason())
                            .contains("journal partition 1, sequence 0 expected, offset 0: the entry has sequence 1"));
            assertThat(get(sink, "/health/live")).contains("sequence 0 expected");
            Awaitility.await().atMost(LIMIT).until(() -> !faults.isEmpty());
            assertThat(faults).singleElement().asString().contains("sequence 0 expected");
            Awaitility.await("closer, settlement and all intakes end")
                    .atMost(LIMIT)
                    .until(() -> workers().isEmpty());
        }
    }

    @Test
    void shouldWaitUnreadyWhenTheDatabaseDoesNotAnswerAtStart() {
        LedgerSinkSettings away = settings("jdbc:postgresql://127.0.0.1:1/ledger");
        try (LedgerSink sink = LedgerSink.start(away, beforeCutOff, faults::add)) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> sink.health()
                            .readyReport()
                            .checks()
                            .get("started")
                            .reason()
                            .contains("refused"));
            assertThat(sink.health().liveReport().isUp()).isTrue();
            assertThat(sink.health().readyReport().isUp()).isFalse();
        }
    }

    private static List<String> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.equals("tillstream-closer")
                        || name.equals("tillstream-settlement")
                        || name.startsWith("sink-"))
                .toList();
    }

    private void awaitEntries() {
        Awaitility.await()
                .atMost(LIMIT)
                .ignoreExceptions() // until the sink has made the schemas
                .until(() -> ledger.value("SELECT count(*) FROM ledger.entry").equals(Integer.toString(script.size())));
    }

    private static AvroCodec<SettlementBatch> batchCodec() {
        return AvroCodec.of(Topics.BATCHES, SettlementBatch.class, LedgerCluster.schemas());
    }

    private static String get(LedgerSink sink, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + sink.opsPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private LedgerSinkSettings settings() {
        return settings(ledger.url());
    }

    private LedgerSinkSettings settings(String url) {
        return new LedgerSinkSettings(
                LedgerCluster.kafka(),
                LedgerCluster.registryUrl(),
                new DatabaseSettings(url, LedgerCluster.user(), LedgerCluster.secret(), 8),
                2,
                1000,
                Duration.ofMillis(20),
                Duration.ofSeconds(6),
                files,
                LineEnd.LF,
                DeliverySettings.none(),
                Duration.ofMillis(100),
                true,
                Duration.ofMillis(100),
                Optional.empty(),
                "127.0.0.1",
                0);
    }
}
