package io.tillstream.ledgersink.settlement.files;

import io.tillstream.ledgersink.settlement.BatchContents;
import io.tillstream.schemas.PaymentEventType;

/** The amounts of a settlement line in minor units, as counted from payment details or as the batch has them. */
record PaymentDetailSums(long gross, long voids, long refunds, long chargebacks, long returns, long fees, long net) {

    static final PaymentDetailSums NONE = new PaymentDetailSums(0, 0, 0, 0, 0, 0, 0);

    /** Which line of the batch a detail belongs to. */
    record Key(String through, String tender, String account) {}

    static PaymentDetailSums of(BatchContents.Line line) {
        return new PaymentDetailSums(
                line.gross(),
                line.voids(),
                line.refunds(),
                line.chargebacks(),
                line.returns(),
                line.fees(),
                line.net());
    }

    /**
     * One detail. What goes back to the payer is below zero in a detail, and above zero in the line's column for it; a
     * chargeback won is above zero in the detail and lowers the line's chargebacks.
     *
     * @throws IllegalArgumentException when the type makes no lines
     */
    static PaymentDetailSums of(PaymentEventType type, long gross, long fee, long net) {
        return switch (type) {
            case CAPTURED -> new PaymentDetailSums(gross, 0, 0, 0, 0, fee, net);
            case VOIDED -> new PaymentDetailSums(0, -gross, 0, 0, 0, fee, net);
            case REFUNDED -> new PaymentDetailSums(0, 0, -gross, 0, 0, fee, net);
            case CHARGED_BACK, CHARGEBACK_WON, CHARGEBACK_LOST -> new PaymentDetailSums(0, 0, 0, -gross, 0, fee, net);
            case RETURNED -> new PaymentDetailSums(0, 0, 0, 0, -gross, fee, net);
            case PROCESSOR_FEE -> new PaymentDetailSums(gross, 0, 0, 0, 0, fee, net);
            case AUTHORISED, DECLINED, ENROLLED, DEPOSITED, FUNDED ->
                throw new IllegalArgumentException(type + " makes no settlement line");
        };
    }

    PaymentDetailSums plus(PaymentDetailSums other) {
        return new PaymentDetailSums(
                Math.addExact(gross, other.gross),
                Math.addExact(voids, other.voids),
                Math.addExact(refunds, other.refunds),
                Math.addExact(chargebacks, other.chargebacks),
                Math.addExact(returns, other.returns),
                Math.addExact(fees, other.fees),
                Math.addExact(net, other.net));
    }
}
