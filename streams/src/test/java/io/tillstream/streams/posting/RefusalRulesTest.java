package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every refusal of DOMAIN section 3, and for neighbours in precedence an event that breaks two rules. */
final class RefusalRulesTest {
    private static final Set<List<Refusal>> TURNED_ROUND = Set.of(
            List.of(Refusal.OUTSIDE_HORIZON, Refusal.PAYMENT_NOT_FOUND),
            List.of(Refusal.DISPUTE_NOT_OPEN, Refusal.EXCEEDS_CAPTURED));
    private static final Set<Refusal> SEEN = EnumSet.noneOf(Refusal.class);

    private final Partition partition = new Partition();
    private final Script script = Script.inTulsa(partition);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            given                                                    | event                                      | refusal
                                                                     | CAPTURED p1 1000 of:fresno                 | TENANT_UNKNOWN
                                                                     | AUTHORISED p1 0 of:fresno                  | TENANT_UNKNOWN
            CAPTURED p1 1000                                         | CAPTURED p1 1000                           | DUPLICATE
            CAPTURED p1 1000                                         | CAPTURED p1 1000 source:other              | DUPLICATE
            DECLINED p1 1000                                         | DECLINED p1 1000                           | DUPLICATE
            CAPTURED p1 1000; REFUNDED p1 100 id:r                   | REFUNDED p1 100 id:r                       | DUPLICATE
            CAPTURED p1 1000; close; close; close                    | CAPTURED p1 1000                           | DUPLICATE
            REFUNDED p1 100 id:r                                     | REFUNDED p1 100 id:r                       | DUPLICATE
            PROCESSOR_FEE f1 100                                     | PROCESSOR_FEE f1 100                       | DUPLICATE
            DEPOSITED d1 100 @CASH                                   | DEPOSITED d1 100 @CASH                     | DUPLICATE
            FUNDED s1 100                                            | FUNDED s1 100                              | DUPLICATE
            CAPTURED p1 1000                                         | CAPTURED p1 1001                           | CONFLICTING_DUPLICATE
            CAPTURED p1 1000                                         | CAPTURED p1 1000 ref:x                     | CONFLICTING_DUPLICATE
            CAPTURED p1 1000                                         | CAPTURED p1 1000 via:zenith                | CONFLICTING_DUPLICATE
            CAPTURED p1 1000                                         | CAPTURED p1 1000 id:other                  | CONFLICTING_DUPLICATE
            AUTHORISED p1 1000                                       | CAPTURED p1 1000                           | CONFLICTING_DUPLICATE
            CAPTURED p1 1000; VOIDED p1 1000                         | CAPTURED p1 1000 id:other                  | CONFLICTING_DUPLICATE
                                                                     | CAPTURED p1 0                              | AMOUNT_NOT_POSITIVE
                                                                     | CAPTURED p1 -1                             | AMOUNT_NOT_POSITIVE
                                                                     | CAPTURED p1 -9223372036854775808           | AMOUNT_NOT_POSITIVE
                                                                     | AUTHORISED p1 -1                           | AMOUNT_NOT_POSITIVE
                                                                     | DECLINED p1 -1                             | AMOUNT_NOT_POSITIVE
                                                                     | ENROLLED p1 -1                             | AMOUNT_NOT_POSITIVE
                                                                     | CAPTURED p1 1000 fee=-1                    | AMOUNT_NOT_POSITIVE
                                                                     | CAPTURED p1 1000 water=0                   | AMOUNT_NOT_POSITIVE
                                                                     | CAPTURED p1 1000 water=1100 tax=-100       | AMOUNT_NOT_POSITIVE
            CAPTURED p1 1000                                         | VOIDED p1 0                                | AMOUNT_NOT_POSITIVE
            CAPTURED p1 1000                                         | REFUNDED p1 0                              | AMOUNT_NOT_POSITIVE
            CAPTURED p1 1000                                         | REFUNDED p1 -1                             | AMOUNT_NOT_POSITIVE
            CAPTURED p1 1000                                         | CHARGED_BACK p1 0                          | AMOUNT_NOT_POSITIVE
            CAPTURED p1 1000; CHARGED_BACK p1 1000                   | CHARGEBACK_WON p1 0                        | AMOUNT_NOT_POSITIVE
            CAPTURED p1 1000; CHARGED_BACK p1 1000                   | CHARGEBACK_LOST p1 0                       | AMOUNT_NOT_POSITIVE
            CAPTURED p1 1000                                         | RETURNED p1 0                              | AMOUNT_NOT_POSITIVE
                                                                     | PROCESSOR_FEE f1 0                         | AMOUNT_NOT_POSITIVE
                                                                     | DEPOSITED d1 0 @CASH                       | AMOUNT_NOT_POSITIVE
                                                                     | FUNDED s1 0                                | AMOUNT_NOT_POSITIVE
                                                                     | CAPTURED p1 100000001                      | AMOUNT_TOO_LARGE
                                                                     | CAPTURED p1 9223372036854775807            | AMOUNT_TOO_LARGE
                                                                     | FUNDED s1 100000001                        | AMOUNT_TOO_LARGE
                                                                     | CAPTURED p1 1000 cur:EUR                   | CURRENCY_NOT_OF_TENANT
                                                                     | CAPTURED p1 1000 cur:usd                   | CURRENCY_NOT_OF_TENANT
                                                                     | DECLINED p1 1000 cur:US                    | CURRENCY_NOT_OF_TENANT
                                                                     | CAPTURED p1 1000 water=1001                | ITEMS_EXCEED_AMOUNT
                                                                     | CAPTURED p1 1000 water=1000 fee=1          | ITEMS_EXCEED_AMOUNT
                                                                     | CAPTURED p1 1000 fee=1001                  | ITEMS_EXCEED_AMOUNT
                                                                     | AUTHORISED p1 0 water=1                    | ITEMS_EXCEED_AMOUNT
                                                                     | CAPTURED p1 1000 water=9223372036854775807 tax=9223372036854775807 | ITEMS_EXCEED_AMOUNT
                                                                     | CAPTURED p1 1000 fee=9223372036854775807 water=9223372036854775807 | ITEMS_EXCEED_AMOUNT
            terms 5 0 100000000                                      | REFUNDED p1 100                            | PAYMENT_NOT_FOUND
            terms 5 0 100000000; AUTHORISED p1 1000                  | VOIDED p1 1000                             | PAYMENT_NOT_FOUND
            terms 5 0 100000000; terms 5 0 100000000 of:fresno; CAPTURED p1 1000 of:fresno | REFUNDED p1 100      | PAYMENT_NOT_FOUND
                                                                     | CAPTURED p1 1000 on:2025-12-30             | OUTSIDE_HORIZON
            CAPTURED p1 1000; close; close; close; close; close; close | REFUNDED p1 100 on:2026-01-12            | OUTSIDE_HORIZON
            CAPTURED p1 1000; VOIDED p1 1000                         | VOIDED p1 1000                             | PAYMENT_VOIDED
            CAPTURED p1 1000; VOIDED p1 1000                         | REFUNDED p1 100                            | PAYMENT_VOIDED
            CAPTURED p1 1000; VOIDED p1 1000                         | CHARGED_BACK p1 100                        | PAYMENT_VOIDED
            CAPTURED p1 1000; VOIDED p1 1000                         | RETURNED p1 100                            | PAYMENT_VOIDED
            CAPTURED p1 1000; VOIDED p1 1000                         | CHARGEBACK_WON p1 100                      | PAYMENT_VOIDED
            CAPTURED p1 1000; close                                  | VOIDED p1 1000                             | VOID_AFTER_CLOSE
            CAPTURED p1 1000                                         | REFUNDED p1 1001                           | EXCEEDS_CAPTURED
            CAPTURED p1 1000; REFUNDED p1 600                        | REFUNDED p1 401                            | EXCEEDS_CAPTURED
            CAPTURED p1 1000; REFUNDED p1 600                        | RETURNED p1 401                            | EXCEEDS_CAPTURED
            CAPTURED p1 1000; RETURNED p1 600                        | CHARGED_BACK p1 401                        | EXCEEDS_CAPTURED
            CAPTURED p1 1000; CHARGED_BACK p1 600                    | REFUNDED p1 401                            | EXCEEDS_CAPTURED
            CAPTURED p1 1000; CHARGED_BACK p1 600; CHARGEBACK_LOST p1 600 | REFUNDED p1 401                       | EXCEEDS_CAPTURED
            CAPTURED p1 1000; REFUNDED p1 1                          | VOIDED p1 1000                             | EXCEEDS_CAPTURED
            CAPTURED p1 1000; REFUNDED p1 1                          | VOIDED p1 999                              | EXCEEDS_CAPTURED
            CAPTURED p1 1000; CHARGED_BACK p1 1                      | VOIDED p1 1000                             | EXCEEDS_CAPTURED
            CAPTURED p1 1000 water=700 tax=300                       | REFUNDED p1 301 tax=301                    | EXCEEDS_CAPTURED
            CAPTURED p1 1000 water=700 tax=300                       | REFUNDED p1 100 parks=100                  | EXCEEDS_CAPTURED
            CAPTURED p1 1000 water=700 tax=300                       | REFUNDED p1 100 fee=10                     | EXCEEDS_CAPTURED
            CAPTURED p1 1000 water=700 tax=300                       | REFUNDED p1 100 water=90                   | EXCEEDS_CAPTURED
            CAPTURED p1 1000 water=700 tax=300                       | REFUNDED p1 302 tax=151 tax=151            | EXCEEDS_CAPTURED
            CAPTURED p1 1000 water=700 tax=300; CHARGED_BACK p1 1000 | CHARGEBACK_LOST p1 301 tax=301             | EXCEEDS_CAPTURED
            CAPTURED p1 1000                                         | CHARGEBACK_WON p1 1                        | DISPUTE_NOT_OPEN
            CAPTURED p1 1000                                         | CHARGEBACK_LOST p1 1                       | DISPUTE_NOT_OPEN
            CAPTURED p1 1000; CHARGED_BACK p1 600                    | CHARGEBACK_WON p1 601                      | DISPUTE_NOT_OPEN
            CAPTURED p1 1000; CHARGED_BACK p1 600; CHARGEBACK_WON p1 400 | CHARGEBACK_LOST p1 201                 | DISPUTE_NOT_OPEN
            CAPTURED p1 1000                                         | VOIDED p1 999                              | VOID_NOT_WHOLE
            CAPTURED p1 1000 water=700 tax=300                       | VOIDED p1 300 tax=300                      | VOID_NOT_WHOLE
            """)
    void shouldRefuse(String given, String event, Refusal refusal) {
        SEEN.add(refusal);
        assertRefused(given, event, refusal);
    }

    /** MISROUTED is in {@link RoutingTest}, CLOSE_OUT_OF_ORDER in {@link CloseRulesTest}. */
    @AfterAll
    static void everyRefusalHasARow() {
        assertThat(EnumSet.complementOf(EnumSet.copyOf(SEEN)))
                .containsExactlyInAnyOrder(Refusal.NONE, Refusal.MISROUTED, Refusal.CLOSE_OUT_OF_ORDER);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            given                                                | event                                        | refusal                | before
                                                                 | CAPTURED p1 0 of:fresno                      | TENANT_UNKNOWN         | AMOUNT_NOT_POSITIVE
            CAPTURED p1 1000                                     | CAPTURED p1 0                                | CONFLICTING_DUPLICATE  | AMOUNT_NOT_POSITIVE
            CAPTURED p1 1000; terms 5 2 10                       | CAPTURED p1 1000                             | DUPLICATE              | AMOUNT_TOO_LARGE
            CAPTURED p1 1000; close; close; close; close; close; close | CAPTURED p1 1000                       | DUPLICATE              | OUTSIDE_HORIZON
                                                                 | CAPTURED p1 100000001 water=0                | AMOUNT_NOT_POSITIVE    | AMOUNT_TOO_LARGE
                                                                 | CAPTURED p1 100000001 cur:EUR                | AMOUNT_TOO_LARGE       | CURRENCY_NOT_OF_TENANT
                                                                 | CAPTURED p1 1000 cur:EUR water=1001          | CURRENCY_NOT_OF_TENANT | ITEMS_EXCEED_AMOUNT
                                                                 | CAPTURED p1 1000 water=1001 on:2025-12-30    | ITEMS_EXCEED_AMOUNT    | OUTSIDE_HORIZON
            terms 5 0 100000000                                  | REFUNDED p1 100 water=101                    | ITEMS_EXCEED_AMOUNT    | PAYMENT_NOT_FOUND
            CAPTURED p1 1000; VOIDED p1 1000; close; close; close; close; close; close | REFUNDED p1 100 on:2026-01-12 | OUTSIDE_HORIZON | PAYMENT_VOIDED
            CAPTURED p1 1000; VOIDED p1 1000; close              | VOIDED p1 1000                               | PAYMENT_VOIDED         | VOID_AFTER_CLOSE
            CAPTURED p1 1000; VOIDED p1 1000                     | REFUNDED p1 1001                             | PAYMENT_VOIDED         | EXCEEDS_CAPTURED
            CAPTURED p1 1000; close                              | VOIDED p1 1001                               | VOID_AFTER_CLOSE       | EXCEEDS_CAPTURED
            CAPTURED p1 1000; close                              | VOIDED p1 999                                | VOID_AFTER_CLOSE       | VOID_NOT_WHOLE
            CAPTURED p1 1000; VOIDED p1 1000                     | CHARGEBACK_WON p1 1001                       | PAYMENT_VOIDED         | DISPUTE_NOT_OPEN
            CAPTURED p1 1000; REFUNDED p1 100                    | VOIDED p1 900                                | EXCEEDS_CAPTURED       | VOID_NOT_WHOLE
            terms 5 0 100000000                                  | REFUNDED p1 100 on:2025-12-30                | OUTSIDE_HORIZON        | PAYMENT_NOT_FOUND
                                                                 | REFUNDED p1 100 on:2025-12-30                | OUTSIDE_HORIZON        | PAYMENT_NOT_FOUND
            CAPTURED p1 1000 water=700 tax=300                   | CHARGEBACK_LOST p1 301 tax=301               | DISPUTE_NOT_OPEN       | EXCEEDS_CAPTURED
            """)
    void shouldGiveTheEarlierReason(String given, String event, Refusal refusal, Refusal before) {
        assertThat(refusal.compareTo(before) < 0)
                .as("DOMAIN's precedence, but for the pairs of ADR 11")
                .isNotEqualTo(TURNED_ROUND.contains(List.of(refusal, before)));
        assertRefused(given, event, refusal);
    }

    private void assertRefused(String given, String event, Refusal refusal) {
        script.run(given);
        assertThat(partition.out.refused).isEmpty();
        int entries = partition.out.entries.size();
        var balances = partition.balances(Script.TENANT);

        PaymentEvent sent = script.event(event);
        partition.post(sent);

        assertThat(partition.out.entries).hasSize(entries);
        assertThat(partition.balances(Script.TENANT)).isEqualTo(balances);
        assertThat(partition.out.quarantined).isEmpty();
        assertThat(partition.out.refused).hasSize(1);
        Refused refused = partition.out.refused.get(0);
        assertThat(refused)
                .isEqualTo(new Refused(
                        refusal,
                        refused.getDetail(),
                        sent.getTenant(),
                        0,
                        partition.offset() - 1,
                        Instant.ofEpochMilli(Partition.TIMESTAMP_MS),
                        sent));
        assertThat(refused.getDetail()).isNotBlank().doesNotContain(sent.getPayerReference());

        script.run("CAPTURED next 1 water=1 on:" + script.openDate(Script.TENANT));
        assertThat(partition.out.entries).hasSize(entries + 1);
    }
}
