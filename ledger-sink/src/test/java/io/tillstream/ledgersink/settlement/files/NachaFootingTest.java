package io.tillstream.ledgersink.settlement.files;

import static io.tillstream.ledgersink.settlement.files.Batches.net;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.settlement.BatchContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A valid file, held against batches that it does not pay: each is what a writer with a certain fault would have written. */
class NachaFootingTest {

    @Test
    void shouldTakeTheFileThatPaysTheBatch() throws IOException {
        assertThat(NachaFooting.check(Batches.twoProcessorsAndATill(), file()).total())
                .isEqualTo(1_218_151);
    }

    @Test
    void shouldRefuseAFileThatPaysACentLess() {
        assertRefused(
                Batches.owing(
                        net("clearing:acme", "CARD", "fund:water", 1_230_497),
                        net("clearing:borealis", "ECHECK", "fund:tax", -12_345)),
                "acme\\=1230496",
                "acme\\=1230497");
    }

    @Test
    void shouldRefuseAFileThatPaysTheRightTotalForTheWrongProcessors() {
        assertRefused(
                Batches.owing(
                        net("clearing:acme", "CARD", "fund:water", 1_230_495),
                        net("clearing:borealis", "ECHECK", "fund:tax", -12_344)),
                "the batch owes");
    }

    @Test
    void shouldRefuseAFileThatPaysAProcessorWithoutLines() {
        assertRefused(Batches.owing(net("clearing:acme", "CARD", "fund:water", 1_230_496)), "borealis\\=-12345");
    }

    @Test
    void shouldRefuseAFileThatLeavesAProcessorOut() {
        assertRefused(
                Batches.owing(
                        net("clearing:acme", "CARD", "fund:water", 1_230_496),
                        net("clearing:borealis", "ECHECK", "fund:tax", -12_345),
                        net("clearing:third", "ECHECK", "fund:tax", 1)),
                "third\\=1");
    }

    @Test
    void shouldRefuseAFileThatPaysAnotherAccount() {
        BatchContents batch = Batches.of(
                Batches.twoProcessorsAndATill().lines(),
                List.of(),
                Batches.bank(bank -> bank.setAccountNumber("00123456788")));

        assertRefused(batch, "entry 091000010000001 is not on the city's account");
    }

    @Test
    void shouldRefuseTheFileOfAnotherBatch() {
        BatchContents other = Batches.with(
                Batches.twoProcessorsAndATill(),
                "springfield-20261126",
                "springfield",
                Batches.DATE.plusDays(1),
                Batches.CLOSED_AT);

        assertRefused(other, "springfield-20261126");
    }

    private static void assertRefused(BatchContents batch, String... parts) {
        assertThatThrownBy(() -> NachaFooting.check(batch, file()))
                .isInstanceOf(FileRefusedException.class)
                .message()
                .contains(parts);
    }

    private static byte[] file() throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/settlement/nacha/credit-and-debit.ach"));
    }
}
