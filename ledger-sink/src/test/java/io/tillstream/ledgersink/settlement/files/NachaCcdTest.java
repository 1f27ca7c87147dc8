package io.tillstream.ledgersink.settlement.files;

import static io.tillstream.ledgersink.settlement.files.Batches.net;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.ledgersink.settlement.BatchContents;
import io.tillstream.ledgersink.settlement.WrittenFile;
import io.tillstream.schemas.BankDetails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NachaCcdTest {

    private final NachaCcd format = new NachaCcd(BankCalendar.federalReserve(), LineEnd.LF);

    @TempDir
    private Path directory;

    @Test
    void shouldWriteTheGoldenFileWhenProcessorsOweAndAreOwed() throws IOException {
        WrittenFile written = format.write(Batches.twoProcessorsAndATill(), directory);

        assertThat(written.name()).isEqualTo("springfield_nacha-ccd_2026-11-25_springfield-20261125.ach");
        assertThat(written.format()).isEqualTo("nacha-ccd");
        assertThat(written.total()).isEqualTo(1_230_496 - 12_345);
        assertThat(read(written)).isEqualTo(golden("credit-and-debit.ach"));
        assertThat(read(written.name() + ".totals")).isEqualTo(golden("credit-and-debit.ach.totals"));
    }

    @Test
    void shouldWriteAZeroDollarEntryWhenTheDayHadNoPayments() throws IOException {
        WrittenFile written = format.write(Batches.owing(), directory);

        assertThat(written.total()).isZero();
        assertThat(read(written)).isEqualTo(golden("day-without-payments.ach"));
    }

    @Test
    void shouldWriteAZeroDollarEntryWhenOnlyTillsTookMoney() throws IOException {
        BatchContents batch = Batches.owing(net("till:COUNTER", "CASH", "fund:water", 500));

        assertThat(read(format.write(batch, directory))).isEqualTo(golden("day-without-payments.ach"));
    }

    @Test
    void shouldPayASavingsAccountInCrlfWhenTheBankWantsIt() throws IOException {
        BatchContents batch = Batches.of(
                List.of(net("clearing:acme", "CARD", "fund:water", 1)),
                List.of(),
                Batches.bank(bank -> bank.setSavings(true)));
        NachaCcd crlf = new NachaCcd(BankCalendar.federalReserve(), LineEnd.CRLF);

        assertThat(read(crlf.write(batch, directory))).isEqualTo(golden("savings-crlf.ach"));
    }

    @Test
    void shouldGiveTheSameBytesWhenWrittenAgain() throws IOException {
        WrittenFile first = format.write(Batches.twoProcessorsAndATill(), directory);
        WrittenFile again = format.write(Batches.twoProcessorsAndATill(), directory);

        assertThat(again).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            net            | codes    | amounts                          | service class
            1              | 22       | 0000000001                       | 220
            9999999999     | 22       | 9999999999                       | 220
            10000000000    | 22 22    | 9999999999 0000000001            | 220
            20000000000    | 22 22 22 | 9999999999 9999999999 0000000002 | 220
            -1             | 27       | 0000000001                       | 225
            -10000000000   | 27 27    | 9999999999 0000000001            | 225
            0              | 24       | 0000000000                       | 220
            """)
    void shouldSplitWhatTenDigitsDoNotHold(long net, String codes, String amounts, String serviceClass)
            throws IOException {
        WrittenFile written = format.write(Batches.owing(net("clearing:acme", "CARD", "fund:water", net)), directory);

        List<String> lines = read(written).lines().toList();
        List<String> entries =
                lines.stream().filter(line -> line.startsWith("6")).toList();
        assertThat(entries.stream().map(line -> line.substring(1, 3))).containsExactly(codes.split(" ", -1));
        assertThat(entries.stream().map(line -> line.substring(29, 39))).containsExactly(amounts.split(" ", -1));
        assertThat(lines.get(1).substring(1, 4)).isEqualTo(serviceClass);
        assertThat(written.total()).isEqualTo(net);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            net            | message
            1000000000000  | net of acme is 1000000000000 cents, ACH totals have twelve digits
            -1000000000000 | net of acme is -1000000000000 cents, ACH totals have twelve digits
            """)
    void shouldRefuseWhatTwelveDigitsDoNotHold(long net, String message) {
        assertRefused(Batches.owing(net("clearing:acme", "CARD", "fund:water", net)), message);
    }

    @Test
    void shouldRefuseATotalOfTwoProcessorsThatTwelveDigitsDoNotHold() {
        BatchContents batch = Batches.owing(
                net("clearing:acme", "CARD", "fund:water", 999_999_999_999L),
                net("clearing:borealis", "CARD", "fund:water", 1));

        assertRefused(batch, "total credits (33-44) has 13 characters, 12 fit");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            business date | closed at            | created    | modifier | effective | why
            2026-11-25    | 2026-11-25T23:30:00Z | 2611251730 | A        | 261127    | closed on itself, before Thanksgiving
            2026-11-25    | 2026-11-26T06:30:00Z | 2611260030 | B        | 261127    | cut-off after midnight
            2026-11-24    | 2026-11-26T06:30:00Z | 2611260030 | C        | 261125    | and the day before it, closed together
            2026-11-27    | 2026-11-27T05:00:00Z | 2611262300 | 9        | 261130    | closed early, by hand
            2026-10-21    | 2026-11-26T00:00:00Z | 2611251800 | 9        | 261022    | 35 days late is the last letter
            2026-10-31    | 2026-11-01T06:30:00Z | 2611010130 | B        | 261102    | the first 01:30 of the night that has two
            """)
    void shouldTakeDatesFromTheBatchAlone(
            LocalDate date, Instant closedAt, String created, String modifier, String effective, String why)
            throws IOException {
        BatchContents batch =
                Batches.with(Batches.twoProcessorsAndATill(), "springfield-x", "springfield", date, closedAt);

        List<String> lines = read(format.write(batch, directory)).lines().toList();

        assertThat(lines.get(0).substring(23, 33)).as(why).isEqualTo(created);
        assertThat(lines.get(0).substring(33, 34)).as(why).isEqualTo(modifier);
        assertThat(lines.get(1).substring(69, 75)).as(why).isEqualTo(effective);
    }

    static List<Arguments> bankDetails() {
        return List.of(
                change(b -> b.setCompanyName("CITY OF SPRINGFIELD"), "company name (05-20) has 19 characters, 16 fit"),
                change(b -> b.setCompanyName(""), "line 2, columns 05-20: company name is blank"),
                change(b -> b.setCompanyName(" X"), "line 2, columns 05-20: company name is not left-justified"),
                change(b -> b.setCompanyName("CAÑON CITY"), "a name or id in the file is not ASCII"),
                change(b -> b.setCompanyName("A\tB"), "line 2, columns 06-06: byte 09 is not printable ASCII"),
                change(b -> b.setCompanyName("A\nB"), "line 2, columns 01-05: the record has 5 characters, not 94"),
                change(b -> b.setCompanyId("123"), "columns 41-50: company identification is not ten characters"),
                change(b -> b.setImmediateDestination("091000018"), "columns 04-13: immediate destination is not"),
                change(b -> b.setImmediateOrigin("12345678"), "columns 14-23: immediate origin is neither"),
                change(b -> b.setImmediateOriginName(""), "columns 64-86: immediate origin name is blank"),
                change(b -> b.setOdfi("0910000"), "columns 80-87: originating DFI is not a zero-filled number"),
                change(b -> b.setOdfi("091000019"), "originating DFI (80-87) has 9 characters, 8 fit"),
                change(b -> b.setRoutingNumber("021000022"), "routing number of the city's bank is not nine digits"),
                change(b -> b.setRoutingNumber(""), "routing number of the city's bank is not nine digits"),
                change(b -> b.setAccountNumber(""), "columns 13-29: DFI account number is blank"),
                change(b -> b.setAccountNumber("1234567890123456789"), "DFI account number (13-29) has 19 characters"),
                change(b -> b.setAccountName("A NAME OF MORE THAN 22 LETTERS"), "(55-76) has 30 characters, 22 fit"),
                change(b -> b.setEntryDescription("PAYROLL"), "company entry description PAYROLL is reserved"),
                change(b -> b.setEntryDescription("purchase 1"), "company entry description purchase 1 is reserved"),
                change(b -> b.setEntryDescription("DAY'S CARDS"), "(54-63) has 11 characters, 10 fit"));
    }

    @ParameterizedTest
    @MethodSource("bankDetails")
    void shouldRefuseBankDetailsThatBreakTheStandard(Consumer<BankDetails> change, String message) {
        BatchContents batch = Batches.of(Batches.twoProcessorsAndATill().lines(), List.of(), Batches.bank(change));

        assertRefused(batch, message);
    }

    @Test
    void shouldNeverTellAnAccountNumberWhenItRefuses() {
        BatchContents batch = Batches.of(
                List.of(net("clearing:acme", "CARD", "fund:water", 1)),
                List.of(),
                Batches.bank(bank -> bank.setAccountNumber("987654/321")));

        assertThatThrownBy(() -> format.write(batch, directory))
                .hasMessageContaining("columns 13-29")
                .hasMessageNotContaining("987654");
    }

    @Test
    void shouldRefuseAnotherCurrency() {
        assertRefused(
                Batches.inCurrency(Batches.twoProcessorsAndATill(), "CAD"), "ACH pays US dollars, the batch is in CAD");
    }

    @Test
    void shouldRefuseALineThatGoesThroughNeitherClearingNorATill() {
        assertRefused(
                Batches.owing(net("bank", "CARD", "fund:water", 1)),
                "a line goes through neither clearing nor a till: bank");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            batch id             | tenant
            ../../etc/cron.d/x   | springfield
            springfield-20261125 | ../springfield
            springfield/20261125 | springfield
            """)
    void shouldRefuseABatchWhoseIdsLeadOutOfTheDirectory(String batchId, String tenant) {
        assertRefused(
                Batches.with(Batches.twoProcessorsAndATill(), batchId, tenant, Batches.DATE, Batches.CLOSED_AT),
                "not a plain file name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ac*me", "ac\\me"})
    void shouldRefuseAProcessorThatWouldBreakTheAddendasSegment(String processor) {
        assertRefused(
                Batches.owing(net("clearing:" + processor, "CARD", "fund:water", 1)),
                "* and \\ part the elements of an addenda: " + processor);
    }

    @Test
    void shouldCutALongProcessorButNotTheBatch() throws IOException {
        String processor = "a-processor-with-a-name-that-no-eighty-columns-hold-beside-a-batch";
        String read = read(format.write(
                Batches.owing(
                        net("clearing:" + processor + "-1", "CARD", "fund:water", 5),
                        net("clearing:" + processor + "-2", "CARD", "fund:water", 7)),
                directory));

        assertThat(read)
                .contains("705REF*BT*springfield-20261125*a-processor-with-a-name-that-no-eighty-columns-hold\\");
        assertThat(NachaValidator.validate(read.getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    private void assertRefused(BatchContents batch, String message) {
        assertThatThrownBy(() -> format.write(batch, directory))
                .isInstanceOf(FileRefusedException.class)
                .hasMessageContaining(message);
        assertThat(directory).isEmptyDirectory();
    }

    private static Arguments change(Consumer<BankDetails> change, String message) {
        return Arguments.of(Named.of(message, change), message);
    }

    private String read(WrittenFile written) throws IOException {
        return read(written.name());
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name), StandardCharsets.US_ASCII);
    }

    private static String golden(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/settlement/nacha", name), StandardCharsets.US_ASCII);
    }
}
