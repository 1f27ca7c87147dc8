package io.tillstream.loadtests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tillstream.loadtests.Tree;
import io.tillstream.local.demo.Demo;
import io.tillstream.local.demo.DemoOptions;
import io.tillstream.local.demo.DemoReport;
import io.tillstream.local.tenants.Suspensions;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The demo twice on the same data; the second stays open until all that both have written has been read. */
class DemoTest {
    private static final int PAYMENTS = 400;
    private static final int CITIES = 10;
    private static final String CITY = "stonebridge";
    private static final int FILES_PER_BATCH = 2;
    private static final List<String> CATALOGUE =
            Arrays.stream(Topics.values()).map(Topics::topicName).toList();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // its log tells why
    private static Path directory;

    private static CapturedLog log;
    private static DemoReport first;
    private static Demo secondDemo;
    private static DemoReport second;
    private static Config addresses;

    @BeforeAll
    static void runTwice() {
        log = CapturedLog.into(directory.resolve("captured.log"));
        first = Demo.run(options(1), line -> {});
        secondDemo = new Demo(options(2), line -> {});
        secondDemo.start();
        second = secondDemo.report();
        addresses = ConfigFactory.parseFile(data().resolve("demo.json").toFile());
        suspendAndResume();
    }

    private static void suspendAndResume() {
        Map<String, String> kafka = new HashMap<>();
        kafka().forEach((key, value) -> kafka.put(key, value.toString()));
        Suspensions suspensions = new Suspensions(
                KafkaSettings.of(kafka), Registries.connect(addresses.getString("registry.url")), Clock.systemUTC());
        Suspensions.Scope kioskCards =
                new Suspensions.Scope(CITY, Optional.of(Channel.KIOSK), Optional.of(Tender.CARD));
        suspensions.suspend(kioskCards, "a drill");
        assertThat(suspensions.resume(kioskCards, "the drill is over").resumed())
                .isTrue();
    }

    @AfterAll
    static void close() {
        if (secondDemo != null) {
            secondDemo.close();
        }
        log.close();
    }

    private static DemoOptions options(long seed) {
        return DemoOptions.bounded(data(), Tree.root().resolve("examples/tenants.yaml"), PAYMENTS, seed);
    }

    private static Path data() {
        return directory.resolve("data");
    }

    @Test
    void shouldLoseAndDoubleNothingWhenItStartsEmpty() {
        assertHolds(first);
        assertThat(first.runName()).isEqualTo("r1");
    }

    @Test
    void shouldGoOnWithItsDataWhenItStartsAgain() throws Exception {
        assertHolds(second);
        assertThat(second.runName()).isEqualTo("r2");
        try (Connection database = database();
                var rows = database.createStatement().executeQuery("SELECT count(*) FROM ledger.entry")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isGreaterThanOrEqualTo(first.databaseEntries() + second.databaseEntries());
        }
        assertThat(settlementFiles()).hasSizeGreaterThanOrEqualTo((int) (first.files() + second.files()));
    }

    private static void assertHolds(DemoReport report) {
        assertThat(report.differences()).isEmpty();
        assertThat(report)
                .returns(0L, DemoReport::lost)
                .returns(0L, DemoReport::doubled)
                .returns(0L, DemoReport::unbalanced)
                .returns(true, DemoReport::chainIntact)
                .returns(report.entries(), DemoReport::databaseEntries)
                .returns((long) CITIES, DemoReport::batches)
                .returns((long) CITIES * FILES_PER_BATCH, DemoReport::files)
                .returns(true, DemoReport::holds);
        assertThat(report.anomalies()).as("the burst of card testing").isPositive();
        assertThat(report.duplicates()).isPositive();
        assertThat(report.invariants())
                .containsOnlyKeys("I1", "I2", "I3", "I4", "I5", "I6", "I7")
                .doesNotContainValue(false);
        assertThat(report.quarantined()).containsKeys("NULL_VALUE", "UNKNOWN_SCHEMA", "MALFORMED", "TOO_LARGE");
    }

    @Test
    void shouldWriteOnlyRecordsThatPlainAvroReads() throws Exception {
        EveryRecord records = EveryRecord.of(kafka(), addresses.getString("registry.url"), CATALOGUE);
        assertThat(records.faults).isEmpty();
        assertThat(records.putAside).as("put aside").containsAll(records.unreadable);
        assertThat(records.unreadable).extracting(EveryRecord.Unreadable::topic).containsOnly("payments.events");
        assertThat(records.counts.keySet()).isEqualTo(everyKind());
        assertThat(records.counts)
                .as("suspended and resumed")
                .containsEntry("controls " + Suspension.class.getName(), 2);
    }

    /** Topic and schema of all that the pipeline writes. */
    private static Set<String> everyKind() {
        Set<String> kinds = new TreeSet<>();
        for (Topics topic : Topics.values()) {
            topic.schemas().forEach(schema -> kinds.add(topic.topicName() + " " + schema.getFullName()));
        }
        return kinds;
    }

    @Test
    void shouldKeepCardNumbersAndPayersOutOfDatabaseFilesLogsAndMetrics() throws Exception {
        EveryText texts = new EveryText();
        try (Connection database = database()) {
            texts.database(database);
        }
        texts.files(data().resolve("files"), file -> true);
        texts.files(directory, file -> isLog(directory.relativize(file)));
        for (String service : ConfigFactory.parseFile(
                        data().resolve("conf/console.conf").toFile())
                .getStringList("services")) {
            String[] nameAndAddress = service.split("=", 2);
            texts.metrics(nameAndAddress[0], URI.create(nameAndAddress[1]));
        }
        texts.metrics("console", URI.create(addresses.getString("console.url")));
        assertThat(texts.faults).isEmpty();
        assertThat(texts.counts)
                .containsKeys(
                        "ledger.entry.client_reference",
                        "fraud.anomaly.evidence",
                        "operations.quarantined.detail",
                        "captured.log",
                        "postgres.log",
                        "registry.log",
                        "metrics of ingest",
                        "metrics of console");
    }

    private static boolean isLog(Path file) {
        return List.of("captured.log", "data/postgres/postgres.log", "data/registry/registry.log")
                .contains(file.toString());
    }

    private static List<Path> settlementFiles() throws IOException {
        try (Stream<Path> files = Files.walk(data().resolve("files"))) {
            return files.filter(file ->
                            file.toString().endsWith(".ach") || file.toString().endsWith(".csv"))
                    .toList();
        }
    }

    private static Map<String, Object> kafka() {
        Map<String, Object> settings = new HashMap<>();
        addresses
                .getConfig("kafka")
                .entrySet()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().unwrapped()));
        return settings;
    }

    private static Connection database() throws Exception {
        return DriverManager.getConnection(
                addresses.getString("database.url"), addresses.getString("database.user"), "");
    }
}
