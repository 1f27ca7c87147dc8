package io.tillstream.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Tender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentAccountTest {
    private static final Instant BEFORE_THE_CHANGE = Instant.parse("2026-07-01T04:59:59Z");
    private static final Instant AFTER_THE_CHANGE = Instant.parse("2026-07-01T05:00:00Z");

    @Test
    void shouldPostACardCaptureToTheProcessorInForce() {
        assertThat(new PaymentAccount(capture(Tender.CARD, 100, 200, 25, 3), BEFORE_THE_CHANGE).captured())
                .isEqualTo(Map.of(
                        "clearing:old-pay", 328L,
                        "fund:water", -100L,
                        "fund:court", -200L,
                        "convenience-fee", -25L,
                        "unapplied", -3L));
        assertThat(new PaymentAccount(capture(Tender.CARD, 100, 200, 0, 0), AFTER_THE_CHANGE).captured())
                .containsEntry("clearing:new-pay", 300L);
    }

    @Test
    void shouldPostCashToTheTill() {
        assertThat(new PaymentAccount(capture(Tender.CASH, 100, 200, 0, 0), AFTER_THE_CHANGE).captured())
                .containsEntry("till:COUNTER", 300L);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    water, court, fee, refund, from water, from court, from fee
                    100,   200,   0,   150,    50,         100,        0
                    100,   200,   0,   100,    33,         67,         0
                    100,   200,   25,  50,     15,         30,         5
                    100,   100,   1,   200,    99,         100,        1
                    100,   200,   0,   300,    100,        200,        0
                    """)
    void shouldShareARefundProRataTheLastTakingTheOddCents(
            long water, long court, long fee, long refund, long fromWater, long fromCourt, long fromFee) {
        PaymentAccount account = new PaymentAccount(capture(Tender.CARD, water, court, fee, 0), AFTER_THE_CHANGE);
        Map<String, Long> postings = account.takenBack(refund);
        assertThat(postings.getOrDefault("fund:water", 0L)).isEqualTo(fromWater);
        assertThat(postings.getOrDefault("fund:court", 0L)).isEqualTo(fromCourt);
        assertThat(postings.getOrDefault("convenience-fee", 0L)).isEqualTo(fromFee);
        assertThat(postings).containsEntry("clearing:new-pay", -refund);
    }

    @Test
    void shouldShareTheSecondRefundByWhatIsLeft() {
        PaymentAccount account = new PaymentAccount(capture(Tender.CARD, 100, 200, 0, 0), AFTER_THE_CHANGE);
        account.takenBack(Map.of("water", 100L));
        assertThat(account.takenBack(50)).isEqualTo(Map.of("fund:court", 50L, "clearing:new-pay", -50L));
    }

    @Test
    void shouldMoveAChargebackThroughDispute() {
        PaymentAccount account = new PaymentAccount(capture(Tender.CARD, 100, 200, 0, 0), AFTER_THE_CHANGE);
        assertThat(account.disputed(300)).isEqualTo(Map.of("dispute", 300L, "clearing:new-pay", -300L));
        assertThat(account.disputeWon(300)).isEqualTo(Map.of("dispute", -300L, "clearing:new-pay", 300L));
        assertThat(account.disputeLost(300))
                .isEqualTo(Map.of("dispute", -300L, "fund:water", 100L, "fund:court", 200L));
    }

    @Test
    void shouldTurnTheCaptureRoundWhenVoided() {
        PaymentAccount account = new PaymentAccount(capture(Tender.CASH, 100, 200, 0, 5), AFTER_THE_CHANGE);
        assertThat(account.voided())
                .isEqualTo(Map.of("till:COUNTER", -305L, "fund:water", 100L, "fund:court", 200L, "unapplied", 5L));
    }

    private static Capture capture(Tender tender, long water, long court, long fee, long overpaid) {
        return new Capture(
                Cities.city("c"),
                Channel.COUNTER,
                tender,
                List.of(
                        new Capture.Bill(BillType.UTILITY, "water", "1", water),
                        new Capture.Bill(BillType.FINE, "court", "2", court)),
                fee,
                overpaid,
                null,
                JsonNodeFactory.instance.objectNode(),
                "payer");
    }
}
