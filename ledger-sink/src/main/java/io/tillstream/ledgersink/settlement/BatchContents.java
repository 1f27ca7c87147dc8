package io.tillstream.ledgersink.settlement;

import static java.util.Objects.requireNonNull;

import io.tillstream.schemas.BankDetails;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Everything that a settlement file may tell of one batch, read from the database rows of a verified batch. All amounts in
 * minor units of {@code currency}. Reading the same batch again gives the same contents, so files are the same bytes.
 *
 * @param batchId {tenant}-{yyyymmdd}
 * @param tenant the city's id
 * @param businessDate the closed date
 * @param currency ISO 4217 letters
 * @param closedAt from the mark that closed the date
 * @param lines totals ordered by through, tender, account; empty for a day without payments
 * @param payments the entries behind the lines
 * @param bank where settlement goes, and who originates it
 * @param timeZone the city's zone, for local times in files
 */
public record BatchContents(
        String batchId,
        String tenant,
        LocalDate businessDate,
        String currency,
        Instant closedAt,
        List<Line> lines,
        PaymentDetails payments,
        BankDetails bank,
        ZoneId timeZone) {

    public BatchContents {
        requireNonNull(batchId, "batchId");
        requireNonNull(tenant, "tenant");
        requireNonNull(businessDate, "businessDate");
        requireNonNull(currency, "currency");
        requireNonNull(closedAt, "closedAt");
        lines = List.copyOf(lines);
        requireNonNull(payments, "payments");
        requireNonNull(bank, "bank");
        requireNonNull(timeZone, "timeZone");
    }

    /** Net of all lines in minor units. */
    public long net() {
        long sum = 0;
        for (Line line : lines) {
            sum = Math.addExact(sum, line.net());
        }
        return sum;
    }

    /**
     * Totals of one processor or till, tender and account; the columns of the view settlement.lines.
     * {@code net = gross - voids - refunds - chargebacks - returns - fees}.
     *
     * @param through clearing:{processor} or till:{CHANNEL}
     * @param tender CARD, ECHECK, CASH or CHECK
     * @param account fund:{fund}, convenience-fee, unapplied, dispute or processor-fee
     */
    public record Line(
            String through,
            String tender,
            String account,
            long gross,
            long voids,
            long refunds,
            long chargebacks,
            long returns,
            long fees,
            long net,
            long captureCount,
            long voidCount,
            long refundCount,
            long chargebackCount,
            long returnCount,
            long feeCount) {

        public Line {
            requireNonNull(through, "through");
            requireNonNull(tender, "tender");
            requireNonNull(account, "account");
            long left = gross;
            for (long taken : new long[] {voids, refunds, chargebacks, returns, fees}) {
                left = Math.subtractExact(left, taken);
            }
            if (left != net) {
                throw new IllegalArgumentException("net of " + through + " " + tender + " " + account + " is " + net
                        + ", but its columns leave " + left);
            }
        }
    }

    /** The payment details of a batch, as a stream over the database. */
    @FunctionalInterface
    public interface PaymentDetails {

        /**
         * Begins anew at every call; ordered by partition, sequence, posting and item. The caller closes the stream. Sums of
         * {@code net} over all details equal the net of all lines.
         */
        Stream<PaymentDetail> open();
    }

    /**
     * One item of one entry: an entry with items of several funds gives several details. Signed from the city's view:
     * a capture has gross above 0, a void, refund, chargeback or return below 0; a processor's fee has gross 0 and fee above 0.
     * {@code net = gross - fee}.
     *
     * @param eventType as in PaymentEvent.avsc: CAPTURED, VOIDED, REFUNDED, ...
     * @param through clearing:{processor} or till:{CHANNEL}
     * @param account the posting's account: fund:{fund}, convenience-fee, unapplied, dispute or processor-fee
     * @param fund the fund's code, empty when the account is not a fund
     * @param billAccount the item's bill account, empty when none or when several items share the posting
     * @param occurredAt when the payer paid, UTC
     * @param recordedAt when posting recorded it, UTC
     */
    public record PaymentDetail(
            String batchId,
            UUID paymentId,
            UUID eventId,
            String clientReference,
            String channel,
            String tender,
            Instant occurredAt,
            Instant recordedAt,
            String eventType,
            long gross,
            long fee,
            long net,
            String through,
            String account,
            String fund,
            String billAccount) {

        public PaymentDetail {
            requireNonNull(batchId, "batchId");
            requireNonNull(paymentId, "paymentId");
            requireNonNull(eventId, "eventId");
            requireNonNull(clientReference, "clientReference");
            requireNonNull(channel, "channel");
            requireNonNull(tender, "tender");
            requireNonNull(occurredAt, "occurredAt");
            requireNonNull(recordedAt, "recordedAt");
            requireNonNull(eventType, "eventType");
            requireNonNull(through, "through");
            requireNonNull(account, "account");
            requireNonNull(fund, "fund");
            requireNonNull(billAccount, "billAccount");
            if (Math.subtractExact(gross, fee) != net) {
                throw new IllegalArgumentException("net is not gross - fee");
            }
        }
    }
}
