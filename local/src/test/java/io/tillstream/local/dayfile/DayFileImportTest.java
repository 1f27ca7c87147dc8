package io.tillstream.local.dayfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.local.client.ChannelKey;
import io.tillstream.local.client.IngestClient;
import io.tillstream.schemas.CredentialKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayFileImportTest {
    private static final Path SPEARFISH = Path.of("../examples/mappings/spearfish-permits.yaml");
    private static final Path VANCOUVER = Path.of("../examples/mappings/vancouver-licences.yaml");

    @TempDir
    private Path directory;

    private RememberingIngest ingest;
    private DayFileImport dayFileImport;
    private Path excerpt;

    @BeforeEach
    void start() throws IOException, URISyntaxException {
        ingest = new RememberingIngest();
        ChannelKey key = new ChannelKey("t", "counter", CredentialKind.API_KEY, "s".repeat(32));
        dayFileImport = new DayFileImport(
                new IngestClient(HttpClient.newHttpClient(), ingest.address(), Clock.systemUTC()),
                key,
                Optional.empty());
        excerpt = Path.of(
                DayFileImportTest.class.getResource("municipal-excerpt.csv").toURI());
    }

    @AfterEach
    void stop() {
        ingest.close();
    }

    @Test
    void shouldTellRowByRowWhatItDidWithTheQuirks() throws IOException {
        Path result = directory.resolve("result.csv");
        ImportReport report = dayFileImport.run(excerpt, SPEARFISH, result);
        assertThat(report.byReason())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ACCEPTED REPEATED_ID", 6L,
                        "ACCEPTED ID_MISSING", 1L,
                        "SKIPPED AMOUNT_EMPTY", 3L,
                        "SKIPPED AMOUNT_ZERO", 2L));
        assertThat(report.otherRows()).isEqualTo(11);
        assertThat(report.complete()).isTrue();
        List<String> lines = Files.readAllLines(result);
        assertThat(lines).hasSize(1 + 32);
        assertThat(lines.get(0)).isEqualTo("row,id,bill_type,amount,outcome,reason,event_id");
        assertThat(lines.get(1))
                .isEqualTo("1,,business_licence,0.00,SKIPPED,NOT_IN_FILTER,".replace("business_licence", "(unknown)"));
        assertThat(lines.get(12)).startsWith("12,spear-RBP-24-24,building_permit,36.00,ACCEPTED,REPEATED_ID,");
        assertThat(lines.get(18)).isEqualTo("18,,building_permit,0.00,SKIPPED,AMOUNT_EMPTY,");
    }

    @Test
    void shouldTakeTheMonthFromTheDescriptionWhenTheDateIsEmpty() throws IOException {
        dayFileImport.run(excerpt, SPEARFISH, directory.resolve("result.csv"));
        assertThat(ingest.payments().get("import-spear-RDP-25-3").toString())
                .isEqualTo(
                        "{\"idempotencyKey\":\"import-spear-RDP-25-3\",\"type\":\"CAPTURED\",\"tender\":\"CHECK\","
                                + "\"occurredAt\":\"2025-04-01T18:00:00Z\",\"currency\":\"USD\",\"amount\":5000,\"items\":[{"
                                + "\"billType\":\"PERMIT\",\"amount\":5000,\"fund\":\"permits\",\"billAccount\":\"spear-RDP-25-3\"}]}");
    }

    @Test
    void shouldCountEqualRowsAsPaymentsOfTheirOwn() throws IOException {
        ImportReport report = dayFileImport.run(excerpt, VANCOUVER, directory.resolve("result.csv"));
        assertThat(report.byReason()).containsEntry("ACCEPTED REPEATED_ID", 2L);
        assertThat(ingest.payments().keySet().stream().filter(key -> key.startsWith("import-row-")))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldChangeNothingWhenTheFileIsImportedAgain() throws IOException {
        Path first = directory.resolve("first.csv");
        Path second = directory.resolve("second.csv");
        dayFileImport.run(excerpt, SPEARFISH, first);
        int payments = ingest.payments().size();
        dayFileImport.run(excerpt, SPEARFISH, second);
        assertThat(ingest.payments()).hasSize(payments);
        assertThat(second).hasSameTextualContentAs(first);
    }

    @Test
    void shouldChangeNothingWhenRowsWithRepeatedIdsComeInAnotherOrder() throws IOException {
        dayFileImport.run(excerpt, SPEARFISH, directory.resolve("result.csv"));
        int payments = ingest.payments().size();
        List<String> lines = Files.readAllLines(excerpt);
        List<String> turned = new ArrayList<>(lines.subList(1, lines.size()));
        Collections.reverse(turned);
        turned.add(0, lines.get(0));
        ImportReport report = dayFileImport.run(
                Files.write(directory.resolve("turned.csv"), turned), SPEARFISH, directory.resolve("r"));
        assertThat(report.complete()).isTrue();
        assertThat(ingest.payments()).hasSize(payments);
    }

    @Test
    void shouldSendAgainWhenIngestIsBusy() throws IOException {
        ingest.beBusy(15);
        ImportReport report = dayFileImport.run(excerpt, SPEARFISH, directory.resolve("result.csv"));
        assertThat(report.complete()).isTrue();
        assertThat(ingest.payments()).hasSize(16);
    }

    @Test
    void shouldPostNothingWhenAColumnIsMissing() throws IOException {
        Path file = Files.writeString(directory.resolve("short.csv"), "source_id,amount\n1,2.00\n");
        assertThatThrownBy(() -> dayFileImport.run(file, SPEARFISH, directory.resolve("result.csv")))
                .isInstanceOf(DayFileException.class)
                .hasMessageContaining("there is no column bill_type");
    }

    @Test
    void shouldPostNothingWhenARowHasOtherColumnsThanTheHeader() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(excerpt));
        lines.add("x,y");
        Path file = Files.write(directory.resolve("ragged.csv"), lines);
        assertThatThrownBy(() -> dayFileImport.run(file, SPEARFISH, directory.resolve("result.csv")))
                .hasMessageEndingWith("ragged.csv:34: has 2 columns, the header 7");
        assertThat(ingest.payments()).isEmpty();
    }
}
