package io.tillstream.ledgersink.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.settlement.BatchContents.Line;
import io.tillstream.ledgersink.settlement.BatchContents.PaymentDetail;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementFileReleased;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch on its way to released files, with everything that may happen between two steps. */
@Tag("cluster")
final class SettlementStepsTest extends SettlementOfADay {
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

    private Map<String, byte[]> bytes() throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("ada"))) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }
}
