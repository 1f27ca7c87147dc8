package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.TenantTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What posting must know of a city comes as a mark. */
final class TermsRulesTest {
    private final Partition partition = new Partition();
    private final Script script = Script.inTulsa(partition);

    @Test
    void shouldKeepFirstTerms() {
        JournalEntry entry = partition.out.entries.get(0);
        TenantTerms terms = new TenantTerms("tulsa", "USD", Script.FIRST_DATE, 5, 2, 100_000_000L);
        assertThat(entry.getKind()).isEqualTo(EntryKind.TERMS_SET);
        assertThat(entry.getTerms()).isEqualTo(terms);
        assertThat(entry.getBusinessDate()).isEqualTo(Script.FIRST_DATE);
        assertThat(entry.getRefersTo()).isEqualTo(-1);
        assertThat(entry.getPostings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            terms                                | entries | refusal                | quarantine
            terms 5 2 100000000                  | 0       |                        |
            terms 5 2 100000000 open:2027-01-01  | 0       |                        |
            terms 6 2 100000000                  | 1       |                        |
            terms 5 1 100000000                  | 1       |                        |
            terms 5 2 100000001                  | 1       |                        |
            terms 5 2 100000000 cur:EUR          | 0       | CURRENCY_NOT_OF_TENANT |
            terms 6 2 100000000 cur:EUR          | 0       | CURRENCY_NOT_OF_TENANT |
            terms 0 0 100                        | 0       |                        | horizonDays
            terms -1 0 100                       | 0       |                        | horizonDays
            terms 4000 2 100                     | 1       |                        |
            terms 4001 2 100                     | 0       |                        | horizonDays
            terms 5 6 100                        | 0       |                        | parkedCloses
            terms 5 -1 100                       | 0       |                        | parkedCloses
            terms 5 5 100                        | 1       |                        |
            terms 5 2 0                          | 0       |                        | amountMax
            terms 5 2 -1                         | 0       |                        | amountMax
            terms 5 2 17592186044415             | 1       |                        |
            terms 5 2 17592186044416             | 0       |                        | amountMax
            terms 5 2 9223372036854775807        | 0       |                        | amountMax
            terms 5 2 100 of:fresno cur:usd      | 0       |                        | currency
            terms 5 2 100 of:fresno cur:USDX     | 0       |                        | currency
            terms 5 2 100 of:fresno open:1999-12-31 | 0    |                        | openDate
            terms 5 2 100 of:fresno open:2200-01-01 | 0    |                        | openDate
            terms 5 2 100 of:fresno open:2030-01-01 | 1    |                        |
            """)
    void shouldSetTermsOrSayWhyNot(String terms, int entries, Refusal refusal, String quarantine) {
        script.run(terms);
        assertThat(partition.out.entries).hasSize(1 + entries);
        if (refusal == null) {
            assertThat(partition.out.refused).isEmpty();
        } else {
            assertThat(partition.out.refused).extracting(Refused::getReason).containsExactly(refusal);
        }
        if (quarantine == null) {
            assertThat(partition.out.quarantined).isEmpty();
        } else {
            assertThat(partition.out.quarantined)
                    .singleElement()
                    .satisfies(record -> assertThat(record.getDetail()).contains(quarantine))
                    .extracting(Quarantined::getReason)
                    .isEqualTo(QuarantineReason.INVALID_FIELD);
        }
        script.run("CAPTURED p 100 a=100");
        assertThat(partition.out.entries).hasSize(2 + entries);
    }

    @Test
    void shouldChangeTermsFromThenOn() {
        script.run("CAPTURED p 1000; close; terms 3 0 500; CAPTURED q 1000; CAPTURED r 500; REFUNDED x 1");
        JournalEntry change = partition.out.entries.get(3);
        assertThat(change.getKind()).isEqualTo(EntryKind.TERMS_SET);
        assertThat(change.getRefersTo()).isEqualTo(2);
        assertThat(change.getBusinessDate()).isEqualTo(Script.FIRST_DATE.plusDays(1));
        assertThat(partition.out.refused)
                .extracting(Refused::getReason)
                .containsExactly(Refusal.AMOUNT_TOO_LARGE, Refusal.PAYMENT_NOT_FOUND);
        script.run("restore; close");
        TenantTerms brought = partition.out.entries.get(5).getClose().getTerms();
        assertThat(brought).isEqualTo(new TenantTerms("tulsa", "USD", Script.FIRST_DATE.plusDays(2), 3, 0, 500L));
    }

    @Test
    void shouldKeepCitiesApart() {
        script.run("terms 5 2 50 of:fresno cur:EUR; CAPTURED p 100; CAPTURED q 50 of:fresno cur:EUR; close fresno");
        assertThat(partition.out.refused).isEmpty();
        assertThat(partition.balances("tulsa")).containsEntry("clearing:acme", 100L);
        assertThat(partition.balances("fresno")).containsEntry("in-transit:acme", 50L);
        script.run("CAPTURED r 51 of:fresno cur:EUR; CAPTURED s 50 of:fresno");
        assertThat(partition.out.refused)
                .extracting(Refused::getReason)
                .containsExactly(Refusal.AMOUNT_TOO_LARGE, Refusal.CURRENCY_NOT_OF_TENANT);
    }

    @Test
    void shouldRefuseMarksWithATenantThatNoDatabaseStores() {
        partition.post(new TenantTerms("tul\0sa", "USD", Script.FIRST_DATE, 5, 2, 100L));
        partition.post(new TenantTerms("", "USD", Script.FIRST_DATE, 5, 2, 100L));
        partition.post(new TenantTerms("t".repeat(65), "USD", Script.FIRST_DATE, 5, 2, 100L));
        partition.close("tul\0sa", Script.FIRST_DATE, Script.FIRST_DATE.plusDays(1));
        partition.close("tulsa", Script.FIRST_DATE, Script.FIRST_DATE.plusYears(300));
        assertThat(partition.out.quarantined)
                .hasSize(5)
                .extracting(Quarantined::getReason)
                .containsOnly(QuarantineReason.INVALID_FIELD);
        assertThat(partition.out.entries).hasSize(1);
    }
}
