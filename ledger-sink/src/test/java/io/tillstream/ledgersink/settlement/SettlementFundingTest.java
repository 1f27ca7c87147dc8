package io.tillstream.ledgersink.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.testing.Storing;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a batch whose files are released: delivered, paid by the bank, or with nothing owed. */
@Tag("cluster")
final class SettlementFundingTest extends SettlementOfADay {
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
}
