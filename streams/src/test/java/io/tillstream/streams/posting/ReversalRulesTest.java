package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.JournalEntry;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refunds, returns, disputes and voids one after the other: which account gives what back. */
final class ReversalRulesTest {
    private final Partition partition = new Partition();
    private final Script script = Script.inTulsa(partition);

    /** Pro rata of what each line has left, rounded down; the last takes the odd cents; what has no room there spills backwards. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            shows                        | given                                                                        | event                       | postings
            even shares                  | CAPTURED p 300 a=100 b=100 c=100                                             | REFUNDED p 30               | fund:a 10, fund:b 10, fund:c 10, clearing:acme -30
            odd cents to the last        | CAPTURED p 300 a=100 b=100 c=100                                             | REFUNDED p 100              | fund:a 33, fund:b 33, fund:c 34, clearing:acme -100
            one cent                     | CAPTURED p 300 a=100 b=100 c=100                                             | REFUNDED p 1                | fund:c 1, clearing:acme -1
            a line without a share       | CAPTURED p 1000 a=1 b=999                                                    | REFUNDED p 500              | fund:b 500, clearing:acme -500
            spills to the line before    | CAPTURED p 1000 a=998 b=1 c=1                                                | REFUNDED p 999              | fund:a 997, fund:b 1, fund:c 1, clearing:acme -999
            spills over two lines        | CAPTURED p 1003 a=1000 b=1 c=1 d=1                                           | REFUNDED p 1002             | fund:a 999, fund:b 1, fund:c 1, fund:d 1, clearing:acme -1002
            fee and unapplied share      | CAPTURED p 1000 a=500 fee=100                                                | REFUNDED p 100              | fund:a 50, convenience-fee 10, unapplied 40, clearing:acme -100
            same fund twice is one line  | CAPTURED p 1000 a=250 b=500 a=250                                            | REFUNDED p 100              | fund:a 50, fund:b 50, clearing:acme -100
            the rest after a refund      | CAPTURED p 300 a=100 b=100 c=100; REFUNDED p 100                             | REFUNDED p 200              | fund:a 67, fund:b 67, fund:c 66, clearing:acme -200
            pro rata of what is left     | CAPTURED p 1000 a=500 b=500; REFUNDED p 400 a=400                            | REFUNDED p 60               | fund:a 10, fund:b 50, clearing:acme -60
            an emptied line gives none   | CAPTURED p 1000 a=500 b=500; REFUNDED p 500 b=500                            | REFUNDED p 500              | fund:a 500, clearing:acme -500
            named, one of two            | CAPTURED p 1000 a=600 b=400                                                  | REFUNDED p 100 b=100        | fund:b 100, clearing:acme -100
            named, both                  | CAPTURED p 1000 a=600 b=400                                                  | REFUNDED p 100 b=60 a=40    | fund:a 40, fund:b 60, clearing:acme -100
            named twice                  | CAPTURED p 1000 a=600 b=400                                                  | REFUNDED p 100 b=60 b=40    | fund:b 100, clearing:acme -100
            named with the fee           | CAPTURED p 1000 a=900 fee=100                                                | REFUNDED p 110 a=100 fee=10 | fund:a 100, convenience-fee 10, clearing:acme -110
            the fee alone                | CAPTURED p 1000 a=900 fee=100                                                | REFUNDED p 100 fee=100      | convenience-fee 100, clearing:acme -100
            named, the rest unapplied    | CAPTURED p 1000 a=900                                                        | REFUNDED p 150 a=100        | fund:a 100, unapplied 50, clearing:acme -150
            named, all that is left      | CAPTURED p 1000 a=600 b=400; REFUNDED p 100 b=100                            | REFUNDED p 300 b=300        | fund:b 300, clearing:acme -300
            a return after a refund      | CAPTURED p 1000 a=600 b=400 @ECHECK; REFUNDED p 100 b=100                    | RETURNED p 900              | fund:a 600, fund:b 300, clearing:acme -900
            lost after a refund          | CAPTURED p 1000 a=600 b=400; REFUNDED p 100 b=100; CHARGED_BACK p 900        | CHARGEBACK_LOST p 900       | fund:a 600, fund:b 300, dispute -900
            a refund beside a dispute    | CAPTURED p 1000 a=500 b=500; CHARGED_BACK p 500                              | REFUNDED p 500              | fund:a 250, fund:b 250, clearing:acme -500
            won in part, then lost       | CAPTURED p 1000 a=1000; CHARGED_BACK p 900; CHARGEBACK_WON p 400             | CHARGEBACK_LOST p 500       | fund:a 500, dispute -500
            disputed again after won     | CAPTURED p 1000 a=1000; CHARGED_BACK p 1000; CHARGEBACK_WON p 1000           | CHARGED_BACK p 1000         | dispute 1000, clearing:acme -1000
            a void after won             | CAPTURED p 1000 a=1000; CHARGED_BACK p 1000; CHARGEBACK_WON p 1000           | VOIDED p 1000               | fund:a 1000, clearing:acme -1000
            the processor is for life    | CAPTURED p 1000 a=1000; close                                                | REFUNDED p 100 via:zenith   | fund:a 100, clearing:acme -100
            the tender is for life       | CAPTURED p 1000 a=1000 @CASH #KIOSK; close                                   | REFUNDED p 100 @CARD #WEB   | fund:a 100, till:KIOSK -100
            a dispute too                | CAPTURED p 1000 a=1000; close                                                | CHARGED_BACK p 9 via:zenith | dispute 9, clearing:acme -9
            """)
    void shouldTakeBack(String shows, String given, String event, String postings) {
        script.run(given);
        script.run(event);
        assertThat(partition.out.refused).as(shows).isEmpty();
        JournalEntry entry = partition.out.entries.get(partition.out.entries.size() - 1);
        assertThat(Script.postings(entry)).isEqualTo(postings);
    }

    @Test
    void shouldKeepProcessorAndTenderOfTheCapture() {
        script.run("CAPTURED p 1000 a=1000 via:acme @ECHECK; close; REFUNDED p 100 via:zenith @CARD #PHONE");
        JournalEntry entry = partition.out.entries.get(partition.out.entries.size() - 1);
        assertThat(entry.getThrough()).isEqualTo("clearing:acme");
        assertThat(entry.getTender()).isEqualTo(io.tillstream.schemas.Tender.ECHECK);
        assertThat(entry.getEvent().getTender()).isEqualTo(io.tillstream.schemas.Tender.CARD);
    }

    @Test
    void shouldKeepTheSameIdOfTwoCitiesApart() {
        script.run("terms 5 0 100000000 of:fresno");
        script.run("CAPTURED p 1000 a=1000; CAPTURED p 500 b=500 of:fresno; REFUNDED p 500 of:fresno");
        assertThat(partition.out.refused).isEmpty();
        assertThat(partition.balances("tulsa")).isEqualTo(Map.of("clearing:acme", 1000L, "fund:a", -1000L));
        assertThat(partition.balances("fresno")).isEmpty();
    }

    /** Partial refunds, however they are cut, empty every line exactly. */
    @Test
    void shouldEmptyEveryLineWhenPartsAddUp() {
        Random random = new Random(1);
        for (int payment = 0; payment < 300; payment++) {
            int lines = 1 + random.nextInt(8);
            StringBuilder capture = new StringBuilder();
            long amount = 0;
            for (int line = 0; line < lines; line++) {
                int share = 1 + random.nextInt(random.nextBoolean() ? 3 : 5000);
                amount += share;
                capture.append(" f").append(line).append('=').append(share);
            }
            script.run("CAPTURED p" + payment + " " + amount + capture);
            for (long left = amount; left > 0; ) {
                long part = random.nextInt(4) == 0 ? left : 1 + (long) (random.nextDouble() * left);
                script.run("REFUNDED p" + payment + " " + part);
                left -= part;
            }
            assertThat(partition.out.refused).isEmpty();
            assertThat(partition.balances(Script.TENANT))
                    .as("payment %s", payment)
                    .isEmpty();
        }
    }

    @Test
    void shouldShareTheLargestAmountExactly() {
        script.run("terms 5 2 " + MarkCheck.AMOUNT_LIMIT);
        long third = MarkCheck.AMOUNT_LIMIT / 3;
        script.run("CAPTURED p " + MarkCheck.AMOUNT_LIMIT + " a=" + third + " b=" + third);
        script.run("REFUNDED p " + (MarkCheck.AMOUNT_LIMIT - 1) + "; REFUNDED p 1");
        assertThat(partition.out.refused).isEmpty();
        assertThat(partition.balances(Script.TENANT)).isEmpty();
    }
}
