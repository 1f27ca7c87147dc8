package io.tillstream.ledgersink.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.ledgersink.settlement.BatchContents.Line;
import io.tillstream.ledgersink.settlement.BatchContents.PaymentDetail;
import io.tillstream.ledgersink.settlement.files.LineEnd;
import io.tillstream.ledgersink.settlement.files.NachaCcd;
import io.tillstream.ledgersink.settlement.files.PaymentDetailCsv;
import io.tillstream.ledgersink.testing.City;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TopicReader;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementFileReleased;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch on its way to released files, with everything that may happen between two steps. */
@Tag("cluster")
final class SettlementStepsTest {
    private static final int PARTITIONS = LedgerCluster.PARTITIONS;
    private static final String STATE = "SELECT state, reason FROM settlement.batches";
    private static final String STATES = "SELECT batch_id, state, reason FROM settlement.batches ORDER BY batch_id";
    private static final String FILES = "SELECT * FROM settlement.files ORDER BY format";

    private final JournalScript script = new JournalScript(Storing.journalCodec(), PARTITIONS);
    private final City ada = new City(script, "ada", PARTITIONS, 1);

    @TempDir
    private Path directory;

    private Ledger ledger;
    private SettlementBatch batch;
    private int announcedBefore;
    private Optional<Delivery> delivery = Optional.empty();
    private FailingFormat failing = new FailingFormat("");
    private Optional<RuntimeException> unforeseen = Optional.empty();

    @BeforeAll
    static void createTopics() {
        LedgerCluster.freshTopics();
    }

    @BeforeEach
    void open() {
        announcedBefore = TopicReader.values(Topics.FILES).size();
        ledger = LedgerCluster.freshLedger();
        script.terms("ada", LocalDate.of(2026, 3, 2));
        ada.day();
        batch = script.close("ada");
        Storing.batch(ledger, batch);
        ledger.execute(
                "INSERT INTO operations.tenant VALUES ('ada', 'Ada, Oklahoma', 'America/Chicago', '17:00', 'USD',"
                        + " 'BANK_DAYS', '{\"immediateDestination\": \"103000648\", \"immediateDestinationName\": \"BANK\","
                        + " \"immediateOrigin\": \"1234567890\", \"immediateOriginName\": \"TILLSTREAM\","
                        + " \"companyName\": \"CITY OF ADA\", \"companyId\": \"1234567890\", \"odfi\": \"10300064\","
                        + " \"routingNumber\": \"103000648\", \"accountNumber\": \"000123456\", \"accountName\": \"CITY OF ADA\","
                        + " \"savings\": false, \"entryDescription\": \"SETTLEMENT\"}')");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldReleaseFilesWhenTheRowsAgree() throws Exception {
        Storing.journal(ledger, script, PARTITIONS);
        run();

        assertThat(ledger.value(STATE)).isEqualTo("WRITTEN|");
        List<String> files = ledger.rows(FILES);
        assertThat(files).hasSize(2);
        assertThat(files.get(0))
                .startsWith("ada-20260302|ada|2026-03-02|nacha-ccd|ada_nacha-ccd_2026-03-02_ada-20260302.ach|");
        assertThat(files.get(1))
                .startsWith(
                        "ada-20260302|ada|2026-03-02|payment-detail|ada_payment-detail_2026-03-02_ada-20260302.csv|");
        for (String name : ledger.rows("SELECT name FROM settlement.files")) {
            assertThat(directory.resolve("ada").resolve(name)).exists();
            assertThat(Files.readString(directory.resolve("ada").resolve(name + ".sha256")))
                    .contains(ledger.value("SELECT sha256 FROM settlement.files WHERE name = '" + name + "'"));
        }
        assertThat(announced())
                .hasSize(2)
                .extracting(SettlementFileReleased::getBatchId)
                .containsOnly("ada-20260302");
        assertThat(ledger.rows("SELECT name, size_bytes, sha256, total FROM settlement.files ORDER BY name"))
                .containsExactlyElementsOf(announced().stream()
                        .map(file -> file.getName() + "|" + file.getSizeBytes() + "|" + file.getSha256() + "|"
                                + file.getTotal())
                        .sorted()
                        .toList());
    }

    @Test
    void shouldWaitWhenTheJournalIsNotStoredYetAndGoOnWhenItIs() throws Exception {
        run();
        assertThat(ledger.value(STATE))
                .startsWith("CLOSED|waits for the journal: partition 0 is stored up to sequence 0");
        assertThat(directory).isEmptyDirectory();

        Storing.journal(ledger, script, PARTITIONS);
        run();
        assertThat(ledger.value(STATE)).isEqualTo("WRITTEN|");
    }

    @Test
    void shouldHoldBackFilesWhenTheRowsDiffer() throws Exception {
        Storing.journal(ledger, script, PARTITIONS);
        ledger.execute("UPDATE ledger.posting SET amount = amount + 1 WHERE account = 'processor-fee'");
        run();
        run();

        assertThat(ledger.value(STATE))
                .isEqualTo("CLOSED|line clearing:acme CARD processor-fee: fees of the batch is 250, of the ledger 251");
        assertThat(ledger.rows(FILES)).isEmpty();
        assertThat(announced()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldSayThatTheTenantIsNotKnown() throws Exception {
        Storing.journal(ledger, script, PARTITIONS);
        ledger.execute("DELETE FROM operations.tenant");
        run();
        assertThat(ledger.value(STATE)).startsWith("CLOSED|the bank details of ada are not known");
    }

    @Test
    void shouldStayVerifiedWithTheReasonWhenTheDiskIsFull() throws Exception {
        Storing.journal(ledger, script, PARTITIONS);
        failing = new FailingFormat("No space left on device");
        run();
        assertThat(ledger.value(STATE)).isEqualTo("VERIFIED|No space left on device");
        assertThat(ledger.rows(FILES)).isEmpty();
        assertThat(announced()).isEmpty();

        failing = new FailingFormat("");
        run();
        assertThat(ledger.value(STATE)).isEqualTo("WRITTEN|");
        assertThat(ledger.rows(FILES)).hasSize(2);
    }

    @Test
    void shouldWriteTheSameBytesWhenItDiedBehindTheFiles() throws Exception {
        Storing.journal(ledger, script, PARTITIONS);
        run();
        Map<String, byte[]> first = bytes();
        List<String> rows = ledger.rows("SELECT name, size_bytes, sha256, total FROM settlement.files ORDER BY name");
        ledger.execute("DELETE FROM settlement.file");
        ledger.execute("UPDATE settlement.batch SET state = 'VERIFIED', written_at = NULL");
        // Bank details that changed since the batch was verified do not change its files.
        ledger.execute("UPDATE operations.tenant SET time_zone = 'UTC', bank = '{}'");

        run();

        assertThat(ledger.rows("SELECT name, size_bytes, sha256, total FROM settlement.files ORDER BY name"))
                .isEqualTo(rows);
        Map<String, byte[]> second = bytes();
        assertThat(second.keySet()).isEqualTo(first.keySet());
        first.forEach((name, content) -> assertThat(second.get(name)).as(name).isEqualTo(content));
    }

    @Test
    void shouldWriteTheSameBytesWhenFilesAreLost() throws Exception {
        Storing.journal(ledger, script, PARTITIONS);
        run();
        Map<String, byte[]> first = bytes();
        for (String name : first.keySet()) {
            Files.delete(directory.resolve("ada").resolve(name));
        }
        ledger.execute("DELETE FROM settlement.file");
        ledger.execute("UPDATE settlement.batch SET state = 'VERIFIED', written_at = NULL");

        run();

        Map<String, byte[]> second = bytes();
        assertThat(second.keySet()).isEqualTo(first.keySet());
        first.forEach((name, content) -> assertThat(second.get(name)).as(name).isEqualTo(content));
    }

    @Test
    void shouldAnnounceTheSameAgainWhenItDiedBehindTheAnnouncement() throws Exception {
        Storing.journal(ledger, script, PARTITIONS);
        run();
        List<SettlementFileReleased> first = announced();
        ledger.execute("UPDATE settlement.file SET announced_at = NULL");

        run();
        run();

        assertThat(announced()).hasSize(4);
        assertThat(announced().subList(2, 4)).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            paid                | state   | reason
            all                 | FUNDED  | ''
            all less one        | WRITTEN | the bank paid 23152 of 23153 minor units
            all and one         | WRITTEN | the bank paid 23154 of 23153 minor units
            all in two payments | FUNDED  | ''
            nothing             | WRITTEN | ''
            """)
    void shouldBeFundedOnlyWhenTheBankPaidWhatProcessorsOwe(String paid, String state, String reason) throws Exception {
        long owed = batch.getLines().stream()
                .filter(line -> line.getThrough().startsWith("clearing:"))
                .mapToLong(line -> line.getNet())
                .sum();
        switch (paid) {
            case "all" -> ada.fund(batch, owed);
            case "all less one" -> ada.fund(batch, owed - 1);
            case "all and one" -> ada.fund(batch, owed + 1);
            case "all in two payments" -> {
                ada.fund(batch, owed - 7);
                ada.fund(batch, 7);
            }
            default -> assertThat(paid).isEqualTo("nothing");
        }
        Storing.journal(ledger, script, PARTITIONS);
        run();
        assertThat(ledger.value(STATE)).isEqualTo(state + "|" + reason);
    }

    @Test
    void shouldBeDeliveredWhenTheOtherSideTookTheFiles() throws Exception {
        Storing.journal(ledger, script, PARTITIONS);
        OtherSide otherSide = new OtherSide();
        otherSide.isAway = true;
        delivery = Optional.of(otherSide);
        run();
        assertThat(ledger.value(STATE)).isEqualTo("WRITTEN|the other side is away");

        otherSide.isAway = false;
        run();
        run();
        assertThat(ledger.value(STATE)).isEqualTo("DELIVERED|");
        assertThat(otherSide.taken)
                .containsExactly(
                        "ada ada_nacha-ccd_2026-03-02_ada-20260302.ach",
                        "ada ada_payment-detail_2026-03-02_ada-20260302.csv");
        assertThat(announced()).hasSize(2);
    }

    /** Takes files, or is away. */
    private static final class OtherSide implements Delivery {
        private final ArrayList<String> taken = new ArrayList<>();
        private boolean isAway;

        @Override
        public void deliver(String tenant, Path from, List<String> names) throws IOException {
            if (isAway) {
                throw new IOException("the other side is away");
            }
            names.forEach(name -> taken.add(tenant + " " + name));
        }

        @Override
        public void close() {
            taken.trimToSize();
        }
    }

    @Test
    void shouldReleaseFilesOfADayWithoutPayments() throws Exception {
        SettlementBatch empty = script.close("ada");
        Storing.batch(ledger, empty);
        Storing.journal(ledger, script, PARTITIONS);
        run();
        assertThat(ledger.rows("SELECT batch_id, state, entry_count, gross, net FROM settlement.batches ORDER BY 1"))
                .element(1)
                .isEqualTo("ada-20260303|FUNDED|3|0|0");
        assertThat(ledger.rows(FILES)).hasSize(4);
    }

    /** No money moves, so no FUNDED event can come; but the city still gets its files first. */
    @Test
    void shouldBeFundedWhenNothingIsOwedAndItsFilesAreTaken() throws Exception {
        Storing.batch(ledger, script.close("ada"));
        Storing.journal(ledger, script, PARTITIONS);
        OtherSide otherSide = new OtherSide();
        otherSide.isAway = true;
        delivery = Optional.of(otherSide);
        run();
        assertThat(ledger.rows(STATES))
                .containsExactly(
                        "ada-20260302|WRITTEN|the other side is away", "ada-20260303|WRITTEN|the other side is away");

        otherSide.isAway = false;
        run();
        assertThat(ledger.rows(STATES)).containsExactly("ada-20260302|DELIVERED|", "ada-20260303|FUNDED|");
        assertThat(otherSide.taken).hasSize(4);
    }

    @Test
    void shouldNotWriteTheRowAgainWhenItIsStillPaidInPart() throws Exception {
        ada.fund(batch, 1);
        Storing.journal(ledger, script, PARTITIONS);
        run();
        assertThat(ledger.value(STATE)).isEqualTo("WRITTEN|the bank paid 1 of 23153 minor units");
        String version = ledger.value("SELECT xmin FROM settlement.batch");

        run();

        assertThat(ledger.value("SELECT xmin FROM settlement.batch")).isEqualTo(version);
    }

    static List<RuntimeException> unforeseen() {
        return List.of(
                new ArithmeticException("long overflow"),
                new DateTimeException("no such zone"),
                new NullPointerException("bank"));
    }

    @ParameterizedTest
    @MethodSource("unforeseen")
    void shouldKeepNoOtherBatchWhenOneMeetsWhatWasNotForeseen(RuntimeException exception) throws Exception {
        Storing.batch(ledger, script.close("ada"));
        Storing.journal(ledger, script, PARTITIONS);
        delivery = Optional.of(new OtherSide());
        unforeseen = Optional.of(exception);
        run();

        String reason = exception.getClass().getSimpleName() + ": " + exception.getMessage();
        assertThat(ledger.rows(STATES)).containsExactly("ada-20260302|VERIFIED|" + reason, "ada-20260303|FUNDED|");
        assertThat(announced())
                .hasSize(2)
                .extracting(SettlementFileReleased::getBatchId)
                .containsOnly("ada-20260303");

        unforeseen = Optional.empty();
        run();
        assertThat(ledger.rows(STATES)).containsExactly("ada-20260302|DELIVERED|", "ada-20260303|FUNDED|");
    }

    @Test
    void shouldTellDetailsThatAddUpToTheLines() throws Exception {
        Storing.journal(ledger, script, PARTITIONS);
        run();
        BatchContents contents = new BatchReader(ledger.database()).read("ada-20260302");

        List<PaymentDetail> details;
        try (Stream<PaymentDetail> stream = contents.payments().open()) {
            details = stream.toList();
        }

        Map<String, Long> byLine = new TreeMap<>();
        details.forEach(detail -> byLine.merge(
                detail.through() + " " + detail.tender() + " " + detail.account(), detail.net(), Long::sum));
        Map<String, Long> expected = new TreeMap<>();
        for (Line line : contents.lines()) {
            expected.put(line.through() + " " + line.tender() + " " + line.account(), line.net());
        }
        assertThat(byLine).isEqualTo(expected);
        assertThat(details.subList(0, 4).stream()
                        .map(detail -> detail.account() + " " + detail.billAccount() + " " + detail.gross() + " "
                                + detail.eventType()))
                .containsExactly(
                        "fund:water W-1 4900 CAPTURED",
                        "fund:water W2 100 CAPTURED",
                        "fund:park P-1 4700 CAPTURED",
                        "convenience-fee  300 CAPTURED");
    }

    /** Runs all steps with a clock that moves on, as it would between a crash and the next start. */
    private void run() throws SQLException {
        Clock clock = Clock.fixed(Instant.parse("2026-03-02T23:05:00.123Z"), ZoneOffset.UTC);
        SettlementFormat details = new PaymentDetailCsv();
        List<SettlementFormat> formats = List.of(
                new NachaCcd(BankCalendar.federalReserve(), LineEnd.LF),
                unforeseen
                        .<SettlementFormat>map(e -> new Stumbling(details, batch.getBatchId(), e))
                        .orElse(details),
                failing);
        try (SettlementSteps steps = SettlementSteps.of(
                ledger.database(),
                LedgerCluster.kafka(),
                LedgerCluster.schemas(),
                directory,
                failing.isFailing() ? formats : formats.subList(0, 2),
                delivery,
                new SimpleMeterRegistry(),
                clock)) {
            steps.run();
        }
    }

    /** What this test has announced. */
    private List<SettlementFileReleased> announced() {
        AvroCodec<SettlementFileReleased> codec =
                AvroCodec.of(Topics.FILES, SettlementFileReleased.class, LedgerCluster.schemas());
        return TopicReader.values(Topics.FILES).stream()
                .skip(announcedBefore)
                .map(codec::decode)
                .toList();
    }

    private Map<String, byte[]> bytes() throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("ada"))) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    /** A format that one batch brings down. */
    private record Stumbling(SettlementFormat format, String batchId, RuntimeException over)
            implements SettlementFormat {
        @Override
        public String name() {
            return format.name();
        }

        @Override
        public String extension() {
            return format.extension();
        }

        @Override
        public WrittenFile write(BatchContents contents, Path target) throws IOException {
            if (contents.batchId().equals(batchId)) {
                throw over;
            }
            return format.write(contents, target);
        }
    }

    /** A format that the disk does not take. */
    private record FailingFormat(String reason) implements SettlementFormat {
        boolean isFailing() {
            return !reason.isEmpty();
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public String extension() {
            return "txt";
        }

        @Override
        public WrittenFile write(BatchContents contents, Path target) throws IOException {
            throw new IOException(reason);
        }
    }
}
