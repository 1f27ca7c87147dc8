package io.tillstream.local.dayfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real municipal payments through real ingest and posting, into the journal. */
@Tag("cluster")
class DayFileToLedgerTest {
    private static final Path WHOLE_FILE = Path.of("../../shared/data/municipal-payments.csv");
    private static final Path SPEARFISH = Path.of("../examples/mappings/spearfish-permits.yaml");
    private static final Path VANCOUVER = Path.of("../examples/mappings/vancouver-licences.yaml");
    private static final String SECRET = "c".repeat(40);

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
        assertThat(run("excerpt-permits", excerpt, SPEARFISH).byReason().keySet())
                .noneMatch(reason -> reason.endsWith(" POSTED"));
        ImportReport licences = run("excerpt-licences", excerpt, VANCOUVER);
        assertThat(licences.complete()).isTrue();
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
                        Map.entry("ACCEPTED POSTED", 5901L),
                        Map.entry("ACCEPTED ID_MISSING POSTED", 1L),
                        Map.entry("ACCEPTED REPEATED_ID POSTED", 52L),
                        Map.entry("SKIPPED AMOUNT_EMPTY", 184L),
                        Map.entry("SKIPPED AMOUNT_ZERO", 13L));
        assertThat(licences.byReason())
                .containsOnly(
                        Map.entry("SKIPPED AMOUNT_EMPTY", 1570L),
                        Map.entry("ACCEPTED REPEATED_ID POSTED", 2L),
                        Map.entry("ACCEPTED POSTED", 1813L));
        assertThat(permits.all().accepted() + licences.all().accepted()).isEqualTo(9536 - 1754 - 13);
        assertThat(run("spearfish", WHOLE_FILE, SPEARFISH).byReason().keySet())
                .noneMatch(reason -> reason.endsWith(" POSTED"));
        assertThat(run("vancouver", WHOLE_FILE, VANCOUVER).byReason().keySet())
                .noneMatch(reason -> reason.endsWith(" POSTED"));
        Map<String, Long> file = totalsOf(WHOLE_FILE);
        assertThat(totals("spearfish"))
                .isEqualTo(Map.of(
                        BillType.PERMIT, file.get("building_permit"), BillType.UTILITY, file.get("utility_hookup")));
        assertThat(totals("vancouver")).isEqualTo(Map.of(BillType.LICENCE, file.get("business_licence")));
    }

    @Test
    void shouldSayWhatPostingRefused() throws Exception {
        Path old = Files.writeString(directory.resolve("old.csv"), """
                source_id,paid_at,city,bill_type,description,amount,method
                old-1,2001-02-03T10:00:00-08:00,Vancouver BC,business_licence,,12.00,
                new-1,2026-02-03T10:00:00-08:00,Vancouver BC,business_licence,,13.00,
                """);
        ImportReport report = run("old-licences", old, VANCOUVER);
        assertThat(report.complete()).isFalse();
        assertThat(report.byReason())
                .containsOnly(Map.entry("REFUSED by posting: OUTSIDE_HORIZON", 1L), Map.entry("ACCEPTED POSTED", 1L));
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
        try (LedgerOutcomes ledger = LedgerOutcomes.follow(SharedCluster.kafka(), SharedCluster.registry())) {
            return new DayFileImport(client, key, Optional.of(ledger))
                    .run(file, mapping, directory.resolve(tenant + ".result.csv"));
        }
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
