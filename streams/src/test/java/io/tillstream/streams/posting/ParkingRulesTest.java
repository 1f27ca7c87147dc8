package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Refusal;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Events that come before the one that they refer to. Parked ones wait for two closes here. */
final class ParkingRulesTest {
    private final Partition partition = new Partition();
    private final Script script = Script.inTulsa(partition);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            lines                                                                                  | entries                                                               | refused
            REFUNDED p 100                                                                         | PARKED                                                                |
            REFUNDED p 100; CAPTURED p 1000                                                        | PARKED RECORDED RELEASED>1                                            |
            REFUNDED p 100; CAPTURED q 1000                                                        | PARKED RECORDED                                                       |
            REFUNDED p 100; AUTHORISED p 1000                                                      | PARKED RECORDED                                                       |
            REFUNDED p 100; CAPTURED p 1000; CAPTURED p 1000 id:x                                  | PARKED RECORDED RELEASED>1                                            | CONFLICTING_DUPLICATE
            REFUNDED p 100; REFUNDED p 200; CHARGED_BACK p 300; CAPTURED p 1000                    | PARKED PARKED PARKED RECORDED RELEASED>1 RELEASED>2 RELEASED>3        |
            CHARGED_BACK p 300; CHARGEBACK_WON p 300; CAPTURED p 1000                              | PARKED PARKED RECORDED RELEASED>1 RELEASED>2                          |
            CHARGEBACK_WON p 300; CHARGED_BACK p 300; CAPTURED p 1000                              | PARKED PARKED RECORDED RELEASE_REFUSED>1 RELEASED>2                   | DISPUTE_NOT_OPEN
            REFUNDED p 600; REFUNDED p 600; CAPTURED p 1000                                        | PARKED PARKED RECORDED RELEASED>1 RELEASE_REFUSED>2                   | EXCEEDS_CAPTURED
            VOIDED p 1000; CAPTURED p 1000                                                         | PARKED RECORDED RELEASED>1                                            |
            VOIDED p 999; CAPTURED p 1000                                                          | PARKED RECORDED RELEASE_REFUSED>1                                     | VOID_NOT_WHOLE
            VOIDED p 1000; REFUNDED p 1; CAPTURED p 1000                                           | PARKED PARKED RECORDED RELEASED>1 RELEASE_REFUSED>2                   | PAYMENT_VOIDED
            VOIDED p 1000; close; CAPTURED p 1000                                                  | PARKED DAY_CLOSED RECORDED RELEASED>1                                 |
            REFUNDED p 100 id:r; REFUNDED p 100 id:r                                               | PARKED                                                                | DUPLICATE
            REFUNDED p 100 id:r; REFUNDED p 101 id:r                                               | PARKED                                                                | CONFLICTING_DUPLICATE
            REFUNDED p 100 id:r; CAPTURED p 1000; REFUNDED p 100 id:r                              | PARKED RECORDED RELEASED>1                                            | DUPLICATE
            REFUNDED p 100; close                                                                  | PARKED DAY_CLOSED                                                     |
            REFUNDED p 100; close; close                                                           | PARKED DAY_CLOSED RELEASE_REFUSED>1 DAY_CLOSED                        | PAYMENT_NOT_FOUND
            REFUNDED p 100; close; close; CAPTURED p 1000                                          | PARKED DAY_CLOSED RELEASE_REFUSED>1 DAY_CLOSED RECORDED               | PAYMENT_NOT_FOUND
            REFUNDED p 100 id:r; close; close; REFUNDED p 100 id:r                                 | PARKED DAY_CLOSED RELEASE_REFUSED>1 DAY_CLOSED                        | PAYMENT_NOT_FOUND DUPLICATE
            REFUNDED p 100; close; REFUNDED p 100; close; CAPTURED p 1000                          | PARKED DAY_CLOSED PARKED RELEASE_REFUSED>1 DAY_CLOSED RECORDED RELEASED>3 | PAYMENT_NOT_FOUND
            REFUNDED p 100; close; close; close                                                    | PARKED DAY_CLOSED RELEASE_REFUSED>1 DAY_CLOSED DAY_CLOSED             | PAYMENT_NOT_FOUND
            REFUNDED p 0                                                                           |                                                                       | AMOUNT_NOT_POSITIVE
            REFUNDED p 100 cur:EUR                                                                 |                                                                       | CURRENCY_NOT_OF_TENANT
            terms 5 1 1000; REFUNDED p 100; close                                                  | TERMS_SET PARKED RELEASE_REFUSED>2 DAY_CLOSED                         | PAYMENT_NOT_FOUND
            terms 5 0 1000; REFUNDED p 100                                                         | TERMS_SET                                                             | PAYMENT_NOT_FOUND
            REFUNDED p 100; terms 5 0 100000000; close                                             | PARKED TERMS_SET RELEASE_REFUSED>1 DAY_CLOSED                         | PAYMENT_NOT_FOUND
            REFUNDED p 100; terms 5 3 100000000; close; close; close                               | PARKED TERMS_SET DAY_CLOSED DAY_CLOSED RELEASE_REFUSED>1 DAY_CLOSED   | PAYMENT_NOT_FOUND
            REFUNDED p 100; terms 5 2 10; CAPTURED p 10                                            | PARKED TERMS_SET RECORDED RELEASE_REFUSED>1                           | EXCEEDS_CAPTURED
            """)
    void shouldPark(String lines, String entries, String refused) {
        script.run(lines);
        assertThat(partition.out.entries.stream()
                        .skip(1)
                        .map(ParkingRulesTest::kind)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(entries == null ? "" : entries);
        assertThat(partition.out.refused.stream()
                        .map(refusal -> refusal.getReason().name())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(refused == null ? "" : refused);
    }

    private static String kind(JournalEntry entry) {
        boolean refers = entry.getEvent() != null && entry.getRefersTo() >= 0;
        return entry.getKind() + (refers ? ">" + entry.getRefersTo() : "");
    }

    @ParameterizedTest
    @EnumSource(
            value = PaymentEventType.class,
            names = {"VOIDED", "REFUNDED", "CHARGED_BACK", "CHARGEBACK_WON", "CHARGEBACK_LOST", "RETURNED"})
    void shouldParkEveryEventThatRefersToAPayment(PaymentEventType type) {
        script.run(type + " p 100");
        JournalEntry entry = partition.out.entries.get(1);
        assertThat(entry.getKind()).isEqualTo(EntryKind.PARKED);
        assertThat(entry.getPostings()).isEmpty();
        assertThat(entry.getThrough()).isEmpty();
        assertThat(entry.getEvent()).isEqualTo(partition.lastSent());
        assertThat(partition.balances(Script.TENANT)).isEmpty();
    }

    @Test
    void shouldPostWhatItReleases() {
        script.run("REFUNDED p 100 via:zenith; close; CAPTURED p 1000 a=500 b=500 @ECHECK");
        JournalEntry released = partition.out.entries.get(4);
        assertThat(Script.postings(released)).isEqualTo("fund:a 50, fund:b 50, clearing:acme -100");
        assertThat(released.getThrough()).isEqualTo("clearing:acme");
        assertThat(released.getTender()).isEqualTo(io.tillstream.schemas.Tender.ECHECK);
        assertThat(released.getBusinessDate()).isEqualTo(Script.FIRST_DATE.plusDays(1));
        assertThat(released.getSourceOffset())
                .isEqualTo(partition.out.entries.get(3).getSourceOffset());
        assertThat(released.getReason()).isEqualTo(Refusal.NONE);
    }

    @Test
    void shouldPostNothingWhenItRefusesWhatWasParked() {
        script.run("REFUNDED p 1001 id:r; CAPTURED p 1000 a=1000");
        JournalEntry refused = partition.out.entries.get(3);
        assertThat(refused.getKind()).isEqualTo(EntryKind.RELEASE_REFUSED);
        assertThat(refused.getReason()).isEqualTo(Refusal.EXCEEDS_CAPTURED);
        assertThat(refused.getPostings()).isEmpty();
        assertThat(refused.getEvent().getAmount()).isEqualTo(1001);
        assertThat(partition.out.refused).hasSize(1);
        assertThat(partition.out.refused.get(0).getEvent()).isEqualTo(refused.getEvent());
    }

    @Test
    void shouldNotReleaseWhatAnotherCityParked() {
        script.run("terms 5 2 1000 of:fresno; REFUNDED p 100 of:fresno; CAPTURED p 1000");
        assertThat(partition.out.entries).hasSize(4);
        assertThat(partition.out.refused).isEmpty();
        script.run("CAPTURED p 1000 a=1000 of:fresno");
        assertThat(partition.balances("fresno")).containsEntry("fund:a", -900L);
    }

    @Test
    void shouldRefuseOverdueEventsOfTheClosingCityOnly() {
        script.run("terms 5 1 1000 of:fresno; REFUNDED p 100 of:fresno; REFUNDED p 100; close; close fresno");
        assertThat(partition.out.refused).hasSize(1);
        assertThat(partition.out.refused.get(0).getTenant()).isEqualTo("fresno");
        assertThat(partition.ledger().parked().size()).isEqualTo(1);
    }

    @Test
    void shouldKeepWhatIsParkedOverARestart() {
        script.run("REFUNDED p 100; CHARGED_BACK p 200; close; restore; CAPTURED p 1000 a=1000");
        assertThat(partition.out.entries)
                .extracting(JournalEntry::getKind)
                .endsWith(EntryKind.RECORDED, EntryKind.RELEASED, EntryKind.RELEASED);
        assertThat(partition.ledger().parked().isEmpty()).isTrue();
        assertThat(List.of(partition.balances(Script.TENANT).get("clearing:acme")))
                .containsExactly(700L);
    }
}
