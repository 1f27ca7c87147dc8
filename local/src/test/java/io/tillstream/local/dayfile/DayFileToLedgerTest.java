package io.tillstream.local.dayfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tillstream.ingest.Ingest;
import io.tillstream.ingest.IngestSettings;
import io.tillstream.local.client.ChannelKey;
import io.tillstream.local.client.IngestClient;
import io.tillstream.local.cluster.SharedCluster;
import io.tillstream.local.tenants.TenantsApplication;
import io.tillstream.local.tenants.TenantsFile;
import io.tillstream.runtime.Settings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.CredentialKind;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.StreamsService;
import io.tillstream.streams.StreamsSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real municipal payments through real ingest and posting, into the journal. */
class DayFileToLedgerTest {
    private static final Path WHOLE_FILE = Path.of("../../shared/data/municipal-payments.csv");
    private static final Path SPEARFISH = Path.of("../examples/mappings/spearfish-permits.yaml");
    private static final Path VANCOUVER = Path.of("../examples/mappings/vancouver-licences.yaml");
    private static final String SECRET = "c".repeat(40);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static Ingest ingest;
    private static StreamsService posting;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(directory.resolve("counter.key"), SECRET);
        Path tenants = Path.of(
                DayFileToLedgerTest.class.getResource("municipal-tenants.yaml").toURI());
        new TenantsApplication(SharedCluster.kafka(), SharedCluster.registry(), Optional.empty(), Clock.systemUTC())
                .apply(TenantsFile.read(tenants, directory));
        posting = StreamsService.start(Settings.load(
                StreamsSettings.class,
                ConfigFactory.parseMap(Map.of(
                        "kafka", SharedCluster.kafka().asMap(),
                        "registry.url", SharedCluster.registryUrl(),
                        "roles", "POSTING",
                        "state.directory", directory.resolve("state").toString(),
                        "ops.port", 0))));
        ingest = Ingest.start(Settings.load(
                IngestSettings.class,
                ConfigFactory.parseMap(Map.of(
                        "kafka", SharedCluster.kafka().asMap(),
                        "registry.url", SharedCluster.registryUrl(),
                        "http.port", 0,
                        "source-hash.key", "h".repeat(40)))));
    }

    @AfterAll
    static void stop() {
        if (ingest != null) {
            ingest.close();
        }
        if (posting != null) {
            posting.close();
        }
    }

    @Test
    void shouldPostEveryAmountOfTheExcerptOnceHoweverOftenItIsImported() throws Exception {
        Path excerpt = Path.of(
                DayFileToLedgerTest.class.getResource("municipal-excerpt.csv").toURI());
        ImportReport first = run("excerpt-permits", excerpt, SPEARFISH);
        assertThat(first.complete()).isTrue();
        awaitEntries("excerpt-permits", first.all().accepted());
        run("excerpt-permits", excerpt, SPEARFISH);
        ImportReport licences = run("excerpt-licences", excerpt, VANCOUVER);
        awaitEntries("excerpt-licences", licences.all().accepted());
        Map<String, Long> file = totalsOf(excerpt);
        assertThat(totals("excerpt-permits"))
                .isEqualTo(Map.of(
                        BillType.PERMIT, file.get("building_permit"), BillType.UTILITY, file.get("utility_hookup")));
        assertThat(totals("excerpt-licences")).isEqualTo(Map.of(BillType.LICENCE, file.get("business_licence")));
    }

    @Test
    void shouldPostEveryAmountOfTheWholeFileOnceHoweverOftenItIsImported() throws Exception {
        assumeThat(WHOLE_FILE)
                .as("the file of real municipal payments lies beside the repository")
                .exists();
        ImportReport permits = run("spearfish", WHOLE_FILE, SPEARFISH);
        ImportReport licences = run("vancouver", WHOLE_FILE, VANCOUVER);
        assertThat(permits.byReason())
                .containsOnly(
                        Map.entry("ACCEPTED ID_MISSING", 1L),
                        Map.entry("ACCEPTED REPEATED_ID", 52L),
                        Map.entry("SKIPPED AMOUNT_EMPTY", 184L),
                        Map.entry("SKIPPED AMOUNT_ZERO", 13L));
        assertThat(licences.byReason())
                .containsOnly(Map.entry("SKIPPED AMOUNT_EMPTY", 1570L), Map.entry("ACCEPTED REPEATED_ID", 2L));
        assertThat(permits.all().accepted() + licences.all().accepted()).isEqualTo(9536 - 1754 - 13);
        run("spearfish", WHOLE_FILE, SPEARFISH);
        run("vancouver", WHOLE_FILE, VANCOUVER);
        awaitEntries("spearfish", permits.all().accepted());
        awaitEntries("vancouver", licences.all().accepted());
        Map<String, Long> file = totalsOf(WHOLE_FILE);
        assertThat(totals("spearfish"))
                .isEqualTo(Map.of(
                        BillType.PERMIT, file.get("building_permit"), BillType.UTILITY, file.get("utility_hookup")));
        assertThat(totals("vancouver")).isEqualTo(Map.of(BillType.LICENCE, file.get("business_licence")));
    }

    /** Cents by the file's bill type, read without the code under test. */
    private static Map<String, Long> totalsOf(Path file) throws IOException {
        Map<String, Long> totals = new TreeMap<>();
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord record : records) {
                String amount = record.getField("amount").replace(".", "");
                totals.merge(record.getField("bill_type"), amount.isEmpty() ? 0 : Long.parseLong(amount), Long::sum);
            }
        }
        return totals;
    }

    private static ImportReport run(String tenant, Path file, Path mapping) throws IOException {
        IngestClient client = new IngestClient(
                HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + ingest.port()), Clock.systemUTC());
        ChannelKey key = new ChannelKey(tenant, "counter", CredentialKind.API_KEY, SECRET);
        return new DayFileImport(client, key).run(file, mapping, directory.resolve(tenant + ".result.csv"));
    }

    private static void awaitEntries(String tenant, long count) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(entries(tenant)).isEqualTo(count));
    }

    private static long entries(String tenant) {
        AvroCodec<JournalEntry> codec = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, SharedCluster.registry());
        return SharedCluster.read(Topics.JOURNAL).stream()
                .map(record -> codec.decode(record.value()))
                .filter(entry -> entry.getTenant().equals(tenant) && entry.getKind() == EntryKind.RECORDED)
                .count();
    }

    /** What was posted, by bill type, in minor units. */
    private static Map<BillType, Long> totals(String tenant) {
        AvroCodec<JournalEntry> codec = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, SharedCluster.registry());
        Map<BillType, Long> totals = new TreeMap<>();
        SharedCluster.read(Topics.JOURNAL).forEach(record -> {
            JournalEntry entry = codec.decode(record.value());
            if (entry.getTenant().equals(tenant) && entry.getEvent() != null) {
                for (Item item : entry.getEvent().getItems()) {
                    totals.merge(item.getBillType(), item.getAmount(), Long::sum);
                }
            }
        });
        return totals;
    }
}
