package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.TenantTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The close of a business date: in-transit, lines, balances brought forward. */
final class CloseRulesTest {
    private static final LocalDate NEXT_DATE = Script.FIRST_DATE.plusDays(1);

    private final Partition partition = new Partition();
    private final Script script = Script.inTulsa(partition);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            shows                   | given                                                                            | postings
            an empty day            |                                                                                  |
            a positive net          | CAPTURED p 1000 a=1000                                                           | in-transit:acme 1000, clearing:acme -1000
            a negative net          | PROCESSOR_FEE f 30                                                               | in-transit:acme -30, clearing:acme 30
            a net of zero           | CAPTURED p 1000 a=1000; REFUNDED p 1000                                          |
            each processor          | CAPTURED p 1000; CAPTURED q 500 via:zenith; PROCESSOR_FEE f 600 via:zenith       | in-transit:acme 1000, clearing:acme -1000, in-transit:zenith -100, clearing:zenith 100
            not the till            | CAPTURED p 1000 @CASH #COUNTER; DEPOSITED d 400 @CASH #COUNTER                   |
            only this day's         | CAPTURED p 1000; close; CAPTURED q 10                                            | in-transit:acme 10, clearing:acme -10
            what came funded        | CAPTURED p 1000; close; FUNDED s 900; CAPTURED q 10                              | in-transit:acme 10, clearing:acme -10
            no entry of the others  | terms 5 2 9999 of:fresno; CAPTURED p 1000 of:fresno                              |
            """)
    void shouldMoveClearingToInTransit(String shows, String given, String postings) {
        script.run(given);
        script.run("close");
        JournalEntry entry = last();
        assertThat(entry.getKind()).isEqualTo(EntryKind.DAY_CLOSED);
        assertThat(Script.postings(entry)).as(shows).isEqualTo(postings == null ? "" : postings);
        assertThat(partition.balances(Script.TENANT)).doesNotContainKeys("clearing:acme", "clearing:zenith");
    }

    /** Columns as CONTRACTS of settlement say: net is gross less all the others. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            given                                                                       | lines (through tender account gross voids refunds chargebacks returns fees net, counts)
                                                                                        |
            CAPTURED p 1000 a=700 b=200 fee=100                                         | clearing:acme CARD convenience-fee 100 0 0 0 0 0 100 1 0 0 0 0 0; clearing:acme CARD fund:a 700 0 0 0 0 0 700 1 0 0 0 0 0; clearing:acme CARD fund:b 200 0 0 0 0 0 200 1 0 0 0 0 0
            CAPTURED p 1000 a=700 a=200                                                 | clearing:acme CARD fund:a 900 0 0 0 0 0 900 2 0 0 0 0 0; clearing:acme CARD unapplied 100 0 0 0 0 0 100 1 0 0 0 0 0
            CAPTURED p 1000 a=1000; CAPTURED q 10 a=10 @ECHECK                          | clearing:acme CARD fund:a 1000 0 0 0 0 0 1000 1 0 0 0 0 0; clearing:acme ECHECK fund:a 10 0 0 0 0 0 10 1 0 0 0 0 0
            CAPTURED p 1000 a=1000 @CASH #COUNTER; CAPTURED q 10 a=10 @CHECK #MAIL      | till:COUNTER CASH fund:a 1000 0 0 0 0 0 1000 1 0 0 0 0 0; till:MAIL CHECK fund:a 10 0 0 0 0 0 10 1 0 0 0 0 0
            CAPTURED p 1000 a=1000; VOIDED p 1000                                       | clearing:acme CARD fund:a 1000 1000 0 0 0 0 0 1 1 0 0 0 0
            CAPTURED p 1000 a=700 b=300; REFUNDED p 100                                 | clearing:acme CARD fund:a 700 0 70 0 0 0 630 1 0 1 0 0 0; clearing:acme CARD fund:b 300 0 30 0 0 0 270 1 0 1 0 0 0
            CAPTURED p 1000 a=1000 @ECHECK; RETURNED p 1000                             | clearing:acme ECHECK fund:a 1000 0 0 0 1000 0 0 1 0 0 0 1 0
            CAPTURED p 1000 a=1000; CHARGED_BACK p 1000                                 | clearing:acme CARD dispute 0 0 0 1000 0 0 -1000 0 0 0 1 0 0; clearing:acme CARD fund:a 1000 0 0 0 0 0 1000 1 0 0 0 0 0
            CAPTURED p 1000 a=1000; CHARGED_BACK p 1000; CHARGEBACK_WON p 1000          | clearing:acme CARD dispute 0 0 0 0 0 0 0 0 0 0 2 0 0; clearing:acme CARD fund:a 1000 0 0 0 0 0 1000 1 0 0 0 0 0
            CAPTURED p 1000 a=1000; CHARGED_BACK p 1000; CHARGEBACK_LOST p 1000         | clearing:acme CARD dispute 0 0 0 0 0 0 0 0 0 0 2 0 0; clearing:acme CARD fund:a 1000 0 0 1000 0 0 0 1 0 0 1 0 0
            PROCESSOR_FEE f 30                                                          | clearing:acme CARD processor-fee 0 0 0 0 0 30 -30 0 0 0 0 0 1
            DEPOSITED d 30 @CASH; FUNDED s 20; AUTHORISED p 10; DECLINED q 10           |
            CAPTURED p 1000 a=1000; close; REFUNDED p 100 via:zenith @CASH              | clearing:acme CARD fund:a 0 0 100 0 0 0 -100 0 0 1 0 0 0
            REFUNDED p 100; close; CAPTURED p 1000 a=1000                               | clearing:acme CARD fund:a 1000 0 100 0 0 0 900 1 0 1 0 0 0
            CAPTURED p 1000 a=1000; close                                               |
            """)
    void shouldTotalTheDay(String given, String lines) {
        script.run(given);
        script.run("close");
        assertThat(last().getClose().getLines().stream()
                        .map(CloseRulesTest::text)
                        .collect(Collectors.joining("; ")))
                .isEqualTo(lines == null ? "" : lines);
    }

    private static String text(SettlementLine line) {
        return String.join(
                " ",
                line.getThrough(),
                line.getTender().name(),
                line.getAccount(),
                line.getGross() + " " + line.getVoids() + " " + line.getRefunds() + " " + line.getChargebacks(),
                line.getReturns() + " " + line.getFees() + " " + line.getNet(),
                line.getCaptureCount() + " " + line.getVoidCount() + " " + line.getRefundCount(),
                line.getChargebackCount() + " " + line.getReturnCount() + " " + line.getFeeCount());
    }

    @Test
    void shouldBringEverythingForward() {
        script.run("CAPTURED p 1000 a=1000; REFUNDED p 100; CAPTURED q 70 @CASH #KIOSK; REFUNDED x 1; close");
        JournalEntry entry = last();
        assertThat(entry.getBusinessDate()).isEqualTo(Script.FIRST_DATE);
        assertThat(entry.getCurrency()).isEqualTo("USD");
        assertThat(entry.getEvent()).isNull();
        assertThat(entry.getClose().getBatchId()).isEqualTo("tulsa-20260105");
        assertThat(entry.getClose().getNextBusinessDate()).isEqualTo(NEXT_DATE);
        assertThat(entry.getClose().getCloseCount()).isEqualTo(1);
        assertThat(entry.getClose().getOldestDate()).isEqualTo(Script.FIRST_DATE.minusDays(5));
        assertThat(entry.getClose().getEntryCount()).isEqualTo(6);
        assertThat(entry.getClose().getFirstSequence()).isZero();
        assertThat(entry.getClose().getTerms())
                .isEqualTo(new TenantTerms("tulsa", "USD", NEXT_DATE, 5, 2, 100_000_000L));
        assertThat(entry.getClose().getBalances())
                .containsExactly(
                        new Posting(0L, "clearing:acme"),
                        new Posting(-900L, "fund:a"),
                        new Posting(900L, "in-transit:acme"),
                        new Posting(70L, "till:KIOSK"),
                        new Posting(-70L, "unapplied"));
    }

    @Test
    void shouldSendThePartOfThePartition() {
        Partition third = new Partition(2, 3, new Decider());
        Script inThird = Script.inTulsa(third);
        inThird.run("close; terms 5 2 50; close");
        JournalEntry entry = third.out.entries.get(3);
        assertThat(third.out.parts.get(1))
                .isEqualTo(new SettlementPart(
                        "tulsa-20260106",
                        "tulsa",
                        NEXT_DATE,
                        NEXT_DATE.plusDays(1),
                        "USD",
                        Instant.EPOCH,
                        2,
                        3,
                        2L,
                        3L,
                        2L,
                        new Hash(entry.getHash().bytes()),
                        List.of()));
    }

    @Test
    void shouldGiveEachEntryToExactlyOneBatch() {
        script.run("terms 5 2 9999 of:fresno; CAPTURED p 10; CAPTURED p 10 of:fresno; close; close fresno; close");
        assertThat(partition.out.entries)
                .extracting(entry -> entry.getTenant() + " " + entry.getBusinessDate())
                .containsExactly(
                        "tulsa 2026-01-05",
                        "fresno 2026-01-05",
                        "tulsa 2026-01-05",
                        "fresno 2026-01-05",
                        "tulsa 2026-01-05",
                        "fresno 2026-01-05",
                        "tulsa 2026-01-06");
        assertThat(partition.out.parts)
                .extracting(SettlementPart::getEntryCount)
                .containsExactly(3L, 3L, 1L);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            given        | close            | refusal
                         | close fresno     | TENANT_UNKNOWN
            close        | close 2026-01-05 | CLOSE_OUT_OF_ORDER
            close; close | close 2026-01-05 | CLOSE_OUT_OF_ORDER
                         | close 2026-01-06 | CLOSE_OUT_OF_ORDER
                         | close 2026-01-04 | CLOSE_OUT_OF_ORDER
            """)
    void shouldChangeNothingWhenACloseIsNotTheNext(String given, String close, Refusal refusal) {
        script.run("CAPTURED p 1000 a=1000");
        script.run(given);
        int entries = partition.out.entries.size();
        int parts = partition.out.parts.size();
        script.run(close);
        assertThat(partition.out.entries).hasSize(entries);
        assertThat(partition.out.parts).hasSize(parts);
        assertThat(partition.out.refused).extracting(Refused::getReason).containsExactly(refusal);
        assertThat(partition.out.refused.get(0).getEvent()).isNull();
    }

    @Test
    void shouldRefuseACloseThatOpensNoLaterDate() {
        partition.close(Script.TENANT, Script.FIRST_DATE, Script.FIRST_DATE);
        partition.close(Script.TENANT, Script.FIRST_DATE, Script.FIRST_DATE.minusDays(1));
        assertThat(partition.out.refused)
                .extracting(Refused::getReason)
                .containsExactly(Refusal.CLOSE_OUT_OF_ORDER, Refusal.CLOSE_OUT_OF_ORDER);
        partition.close(Script.TENANT, Script.FIRST_DATE, Script.FIRST_DATE.plusDays(4));
        assertThat(last().getClose().getNextBusinessDate()).isEqualTo(LocalDate.of(2026, 1, 9));
        script.run("CAPTURED p 10");
        assertThat(last().getBusinessDate()).isEqualTo(LocalDate.of(2026, 1, 9));
    }

    private JournalEntry last() {
        return partition.out.entries.get(partition.out.entries.size() - 1);
    }
}
