package io.tillstream.ledgersink.settlement.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.settlement.BatchContents;
import io.tillstream.ledgersink.settlement.BatchContents.Line;
import io.tillstream.ledgersink.settlement.BatchContents.PaymentDetail;
import io.tillstream.ledgersink.settlement.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentDetailCsvTest {

    private static final Path GOLDEN = Path.of("src/test/resources/settlement/payment-detail");

    private final PaymentDetailCsv format = new PaymentDetailCsv();

    @TempDir
    private Path directory;

    @Test
    void shouldWriteTheGoldenFileWhenABatchHasEveryKindOfEntry() throws IOException {
        WrittenFile written = format.write(Batches.everyKindOfEntry(), directory);

        assertThat(written.name()).isEqualTo("springfield_payment-detail_2026-11-25_springfield-20261125.csv");
        assertThat(written.total()).isEqualTo(Batches.everyKindOfEntry().net());
        assertThat(directory.resolve(written.name())).hasSameBinaryContentAs(GOLDEN.resolve("every-kind-of-entry.csv"));
        assertThat(directory.resolve(written.name() + ".totals"))
                .hasSameBinaryContentAs(GOLDEN.resolve("every-kind-of-entry.csv.totals"));
    }

    @Test
    void shouldWriteTheHeaderAloneWhenTheDayHadNoPayments() throws IOException {
        WrittenFile written = format.write(Batches.owing(), directory);

        assertThat(written.total()).isZero();
        assertThat(directory.resolve(written.name()))
                .hasSameBinaryContentAs(GOLDEN.resolve("day-without-payments.csv"));
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "/settlement/payment-detail/invalid/messages.txt",
            delimiter = '|',
            quoteCharacter = '`',
            useHeadersInDisplayName = true)
    void shouldNameLineAndColumnWhenAFileDoesNotFoot(String name, String message) {
        Path file = GOLDEN.resolve("invalid").resolve(name + ".csv");

        assertThatThrownBy(() -> PaymentDetailValidator.check(Batches.everyKindOfEntry(), file))
                .isInstanceOf(FileRefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldHaveARowForEveryInvalidFile() throws IOException {
        String table = Files.readString(GOLDEN.resolve("invalid/messages.txt"));

        try (Stream<Path> files = Files.list(GOLDEN.resolve("invalid"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".csv")))
                    .allSatisfy(name -> assertThat(table).contains(name.replace(".csv", "") + " "));
        }
    }

    @Test
    void shouldReleaseNothingWhenTheDetailsDoNotFoot() {
        List<Line> lines = List.of(Batches.net("clearing:acme", "CARD", "fund:water", 101));
        BatchContents batch = Batches.of(
                lines,
                List.of(Batches.detail(1, "CAPTURED", "WEB", "CARD", 100, 0, "clearing:acme", "fund:water", "")));

        assertThatThrownBy(() -> format.write(batch, directory))
                .isInstanceOf(FileRefusedException.class)
                .hasMessageContaining("come to PaymentDetailSums[gross=100,")
                .hasMessageContaining("the line is PaymentDetailSums[gross=101,");
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            currency | minor units | cell
            USD      | -5          | -0.05
            USD      | 123456      | 1234.56
            JPY      | -700        | -700
            KWD      | 1234        | 1.234
            """)
    void shouldWriteAmountsWithTheDigitsOfTheCurrency(String currency, long minorUnits, String cell)
            throws IOException {
        BatchContents batch = Batches.inCurrency(one("CAPTURED", minorUnits, ""), currency);

        String file = Files.readString(
                directory.resolve(format.write(batch, directory).name()));

        assertThat(file.lines().skip(1).findFirst().orElseThrow().split(",", -1)[PaymentDetailColumn.GROSS.place()])
                .isEqualTo(cell);
    }

    @Test
    void shouldTellTheHourThatAutumnRepeatsApart() throws IOException {
        PaymentDetail first = at(Instant.parse("2026-11-01T06:30:00.999999Z"));
        PaymentDetail second = at(Instant.parse("2026-11-01T07:30:00Z"));
        Line line = new Line("clearing:acme", "CARD", "fund:water", 2, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0);

        WrittenFile written = format.write(Batches.of(List.of(line), List.of(first, second)), directory);

        assertThat(Files.readString(directory.resolve(written.name())))
                .contains("2026-11-01T06:30:00Z,2026-11-01T01:30:00-05:00")
                .contains("2026-11-01T07:30:00Z,2026-11-01T01:30:00-06:00");
    }

    @Test
    void shouldPassALongBatchThroughAndCloseItsStream() throws IOException {
        int count = 20_000;
        AtomicInteger closed = new AtomicInteger();
        Line line = new Line("clearing:acme", "CARD", "fund:water", count, 0, 0, 0, 0, 0, count, count, 0, 0, 0, 0, 0);
        BatchContents.PaymentDetails details = () -> IntStream.range(0, count)
                .mapToObj(i -> at(Batches.CLOSED_AT.plusSeconds(i)))
                .onClose(closed::incrementAndGet);
        BatchContents empty = Batches.owing(line);
        BatchContents batch = new BatchContents(
                empty.batchId(),
                empty.tenant(),
                empty.businessDate(),
                empty.currency(),
                empty.closedAt(),
                empty.lines(),
                details,
                empty.bank(),
                empty.timeZone());

        WrittenFile written = format.write(batch, directory);

        assertThat(written.total()).isEqualTo(count);
        assertThat(closed).hasValue(1);
        assertThat(Files.readAllLines(directory.resolve(written.name()))).hasSize(count + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "\uFF1D1", "\uFF0B1", "\uFF0D1", "\uFF20x", "="
            })
    void shouldGuardTextThatBeginsAsAFormula(String text) {
        assertThat(FormulaGuard.guard(text)).isEqualTo("'" + text);
        assertThat(FormulaGuard.isFormula(FormulaGuard.guard(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1", "a=b", " ", "00123456", "'x", "\u00fc"})
    void shouldLeaveOtherTextAsItIs(String text) {
        assertThat(FormulaGuard.guard(text)).isEqualTo(text);
    }

    private static BatchContents one(String type, long gross, String billAccount) {
        Line line = new Line("clearing:acme", "CARD", "fund:water", gross, 0, 0, 0, 0, 0, gross, 1, 0, 0, 0, 0, 0);
        PaymentDetail detail =
                Batches.detail(1, type, "WEB", "CARD", gross, 0, "clearing:acme", "fund:water", billAccount);
        return Batches.of(List.of(line), List.of(detail));
    }

    private static PaymentDetail at(Instant instant) {
        PaymentDetail like = Batches.detail(1, "CAPTURED", "WEB", "CARD", 1, 0, "clearing:acme", "fund:water", "");
        return new PaymentDetail(
                like.batchId(),
                like.paymentId(),
                like.eventId(),
                like.clientReference(),
                like.channel(),
                like.tender(),
                instant,
                instant,
                like.eventType(),
                1,
                0,
                1,
                like.through(),
                like.account(),
                like.fund(),
                like.billAccount());
    }
}
