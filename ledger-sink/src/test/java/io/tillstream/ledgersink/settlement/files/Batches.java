package io.tillstream.ledgersink.settlement.files;

import io.tillstream.ledgersink.settlement.BatchContents;
import io.tillstream.ledgersink.settlement.BatchContents.Line;
import io.tillstream.ledgersink.settlement.BatchContents.PaymentDetail;
import io.tillstream.schemas.BankDetails;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Batches of the city of Springfield on the day before Thanksgiving, closed at 17:30 local time. */
final class Batches {

    static final LocalDate DATE = LocalDate.parse("2026-11-25");

    static final Instant CLOSED_AT = Instant.parse("2026-11-25T23:30:00Z");

    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    private Batches() {}

    static BatchContents of(List<Line> lines, List<PaymentDetail> details) {
        return of(lines, details, bank());
    }

    static BatchContents of(List<Line> lines, List<PaymentDetail> details, BankDetails bank) {
        return new BatchContents(
                "springfield-20261125", "springfield", DATE, "USD", CLOSED_AT, lines, details::stream, bank, CHICAGO);
    }

    /** Lines only, for the file that pays them. */
    static BatchContents owing(Line... lines) {
        return of(List.of(lines), List.of());
    }

    static BatchContents with(BatchContents batch, String batchId, String tenant, LocalDate date, Instant closedAt) {
        return new BatchContents(
                batchId,
                tenant,
                date,
                batch.currency(),
                closedAt,
                batch.lines(),
                batch.payments(),
                batch.bank(),
                batch.timeZone());
    }

    static BatchContents inCurrency(BatchContents batch, String currency) {
        return new BatchContents(
                batch.batchId(),
                batch.tenant(),
                batch.businessDate(),
                currency,
                batch.closedAt(),
                batch.lines(),
                batch.payments(),
                batch.bank(),
                batch.timeZone());
    }

    static BankDetails bank() {
        return BankDetails.newBuilder()
                .setImmediateDestination("091000019")
                .setImmediateDestinationName("FIRST RIVER BANK")
                .setImmediateOrigin("1234567890")
                .setImmediateOriginName("CITY OF SPRINGFIELD")
                .setCompanyName("SPRINGFIELD")
                .setCompanyId("1234567890")
                .setOdfi("09100001")
                .setRoutingNumber("021000021")
                .setAccountNumber("00123456789")
                .setAccountName("CITY OF SPRINGFIELD")
                .setSavings(false)
                .setEntryDescription("SETTLEMENT")
                .build();
    }

    static BankDetails bank(Consumer<BankDetails> change) {
        BankDetails bank = bank();
        change.accept(bank);
        return bank;
    }

    /** A line with captures only, or, below zero, refunds only. */
    static Line net(String through, String tender, String account, long net) {
        long gross = Math.max(net, 0);
        long refunds = Math.max(-net, 0);
        return new Line(
                through,
                tender,
                account,
                gross,
                0,
                refunds,
                0,
                0,
                0,
                net,
                gross > 0 ? 1 : 0,
                0,
                refunds > 0 ? 1 : 0,
                0,
                0,
                0);
    }

    /** Two processors, of which one owes the city and one is owed, and a till that the city empties itself. */
    static BatchContents twoProcessorsAndATill() {
        return owing(
                net("clearing:acme", "CARD", "convenience-fee", 250),
                net("clearing:acme", "CARD", "fund:water", 1_234_567),
                net("clearing:acme", "CARD", "processor-fee", -4_321),
                net("clearing:borealis", "ECHECK", "fund:tax", -12_345),
                net("clearing:zero", "CARD", "fund:tax", 100),
                net("clearing:zero", "CARD", "fund:water", -100),
                net("till:COUNTER", "CASH", "fund:water", 99_999));
    }

    /** Every kind of detail: 1,000.00 captured with a fee, a void, a refund, a dispute lost and one won, a return, the processor's fee. */
    static BatchContents everyKindOfEntry() {
        List<Line> lines = List.of(
                new Line("clearing:acme", "CARD", "convenience-fee", 250, 0, 0, 0, 0, 0, 250, 1, 0, 0, 0, 0, 0),
                new Line("clearing:acme", "CARD", "dispute", 0, 0, 0, -3_000, 0, 0, 3_000, 0, 0, 0, 3, 0, 0),
                new Line(
                        "clearing:acme",
                        "CARD",
                        "fund:water",
                        100_000,
                        2_000,
                        1_500,
                        4_000,
                        0,
                        0,
                        92_500,
                        3,
                        1,
                        1,
                        1,
                        0,
                        0),
                new Line("clearing:acme", "CARD", "processor-fee", 0, 0, 0, 0, 0, 310, -310, 0, 0, 0, 0, 0, 1),
                new Line("clearing:acme", "ECHECK", "fund:tax", 5_000, 0, 0, 0, 5_000, 0, 0, 1, 0, 0, 0, 1, 0),
                new Line("till:COUNTER", "CASH", "unapplied", 700, 0, 0, 0, 0, 0, 700, 1, 0, 0, 0, 0, 0));
        List<PaymentDetail> details = List.of(
                detail(1, "CAPTURED", "WEB", "CARD", 60_000, 0, "clearing:acme", "fund:water", "00123456"),
                detail(1, "CAPTURED", "WEB", "CARD", 38_000, 0, "clearing:acme", "fund:water", "00123457"),
                detail(1, "CAPTURED", "WEB", "CARD", 250, 0, "clearing:acme", "convenience-fee", ""),
                detail(2, "CAPTURED", "KIOSK", "CARD", 2_000, 0, "clearing:acme", "fund:water", "=HYPERLINK(\"x\")"),
                detail(2, "VOIDED", "KIOSK", "CARD", -2_000, 0, "clearing:acme", "fund:water", ""),
                detail(3, "REFUNDED", "PHONE", "CARD", -1_500, 0, "clearing:acme", "fund:water", "a, \"quoted\"\nbill"),
                detail(4, "CHARGED_BACK", "WEB", "CARD", -4_000, 0, "clearing:acme", "dispute", ""),
                detail(4, "CHARGEBACK_LOST", "WEB", "CARD", -4_000, 0, "clearing:acme", "fund:water", ""),
                detail(4, "CHARGEBACK_LOST", "WEB", "CARD", 4_000, 0, "clearing:acme", "dispute", ""),
                detail(5, "CHARGEBACK_WON", "WEB", "CARD", 3_000, 0, "clearing:acme", "dispute", ""),
                detail(6, "PROCESSOR_FEE", "WEB", "CARD", 0, 310, "clearing:acme", "processor-fee", ""),
                detail(7, "CAPTURED", "MAIL", "ECHECK", 5_000, 0, "clearing:acme", "fund:tax", "-1"),
                detail(7, "RETURNED", "MAIL", "ECHECK", -5_000, 0, "clearing:acme", "fund:tax", "@x"),
                detail(8, "CAPTURED", "COUNTER", "CASH", 700, 0, "till:COUNTER", "unapplied", "Straße 7"));
        return of(lines, details);
    }

    static PaymentDetail detail(
            int payment,
            String type,
            String channel,
            String tender,
            long gross,
            long fee,
            String through,
            String account,
            String billAccount) {
        Instant occurredAt = Instant.parse("2026-11-25T15:00:00.123456Z").plusSeconds(60L * payment);
        return new PaymentDetail(
                "springfield-20261125",
                id("payment-" + payment),
                id(type + "-" + payment),
                "ref-" + payment,
                channel,
                tender,
                occurredAt,
                occurredAt.plusSeconds(2),
                type,
                gross,
                fee,
                gross - fee,
                through,
                account,
                account.startsWith("fund:") ? account.substring(5) : "",
                billAccount);
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
