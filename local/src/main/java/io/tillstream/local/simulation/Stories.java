package io.tillstream.local.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Tells stories in the order that the seed gives; this is the table of contents of what the payers do. */
final class Stories {
    private static final int PARTS_OF = 10_000;

    private final Payers payers;
    private final SplittableRandom random;
    private final Clock clock;
    private final String runName;
    private final NavigableMap<Integer, Supplier<Story>> byShare = new TreeMap<>();
    private final Troubles troubles;
    private int shares;
    private int told;

    /** @param runName begins every idempotency key, so that another run on the same data has other keys */
    Stories(List<City> cities, long seed, String runName, Clock clock) {
        random = new SplittableRandom(seed);
        payers = new Payers(cities, random.split());
        troubles = new Troubles(payers, random.split(), clock);
        this.clock = clock;
        this.runName = runName;
        tableOfContents();
    }

    /** Shares in ten-thousandths. */
    private void tableOfContents() {
        share(600, this::resent);
        share(40, this::conflicting);
        share(450, this::declinedThenPaid);
        share(500, this::authorisedThenCaptured);
        share(300, this::enrolled);
        share(500, this::refundedInPart);
        share(250, this::refundedByFund);
        share(150, this::refundedWhole);
        share(80, this::refundedEarly);
        share(200, this::voided);
        share(30, this::refundedAfterVoid);
        share(60, this::chargedBack);
        share(50, this::chargebackWon);
        share(50, this::chargebackLost);
        share(120, this::returned);
        share(60, this::processorFee);
        share(60, this::deposited);
        share(12, () -> troubles.refundOfUnknownPayment(this::teller));
        share(60, () -> troubles.refusedByPosting(this::teller));
        share(90, () -> troubles.malformed(this::teller));
        share(PARTS_OF - shares, this::paid);
    }

    Story next() {
        told++;
        int point = random.nextInt(PARTS_OF);
        return byShare.higherEntry(point).getValue().get();
    }

    /** Cards of one BIN tried from one source with small amounts, most of them declined. */
    Story cardTesting(City city) {
        told++;
        return troubles.cardTesting(city, this::teller);
    }

    private Story paid() {
        Capture capture = payers.capture();
        StoryTeller teller = teller(capture);
        captured(teller, capture);
        return teller.end();
    }

    private Story resent() {
        Capture capture = payers.capture();
        StoryTeller teller = teller(capture);
        String key = teller.newKey();
        ObjectNode body = capture.body("CAPTURED");
        teller.recorded(key, body, account(capture).captured());
        teller.resend(key, body, random.nextInt(2));
        return teller.end();
    }

    private Story conflicting() {
        Capture capture = payers.capture();
        StoryTeller teller = teller(capture);
        String key = teller.newKey();
        ObjectNode body = capture.body("CAPTURED");
        teller.recorded(key, body, account(capture).captured());
        teller.conflict(key, body.deepCopy().put("amount", capture.amount() + 100), random.nextInt(2));
        return teller.end();
    }

    private Story declinedThenPaid() {
        Capture capture = payers.captureBy(Tender.CARD);
        StoryTeller teller = teller(capture);
        ObjectNode declined = capture.body("DECLINED").put("declineClass", "INSUFFICIENT_FUNDS");
        teller.recorded(teller.newKey(), declined, Map.of());
        captured(teller, capture);
        return teller.end();
    }

    /** The authorisation begins the payment; the capture, and a refund now and then, name it. */
    private Story authorisedThenCaptured() {
        Capture capture = payers.captureBy(Tender.CARD);
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        String key = teller.newKey();
        String payment = teller.paymentId(key).toString();
        teller.recorded(key, capture.body("AUTHORISED"), Map.of());
        teller.recorded(teller.newKey(), capture.body("CAPTURED").put("paymentId", payment), account.captured());
        if (random.nextInt(10) == 0) {
            ObjectNode refund = capture.followUp("REFUNDED", payment, capture.amount());
            teller.recorded(teller.newKey(), refund, account.takenBack(capture.amount()));
        }
        return teller.end();
    }

    private Story enrolled() {
        Capture capture = payers.captureBy(Tender.CARD);
        StoryTeller teller = teller(capture);
        ObjectNode enrolled = capture.followUp("ENROLLED", "", 0);
        enrolled.remove("paymentId");
        enrolled.set("card", capture.card().deepCopy());
        enrolled.put("payerReference", capture.payer())
                .set("source", capture.source().deepCopy());
        teller.recorded(teller.newKey(), enrolled, Map.of());
        captured(teller, capture);
        return teller.end();
    }

    private Story refundedInPart() {
        Capture capture = payers.captureOfSeveralBills();
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        UUID payment = captured(teller, capture, account);
        long first = 1 + random.nextLong(capture.amount() / 2);
        takenBack(teller, capture, "REFUNDED", payment, first, account);
        if (random.nextBoolean()) {
            takenBack(teller, capture, "REFUNDED", payment, capture.amount() - first, account);
        }
        return teller.end();
    }

    private Story refundedByFund() {
        Capture capture = payers.captureOfSeveralBills();
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        UUID payment = captured(teller, capture, account);
        Capture.Bill bill = capture.items().get(0);
        ObjectNode refund = capture.followUp("REFUNDED", payment.toString(), bill.amount());
        refund.set("items", Capture.itemsJson(List.of(bill)));
        teller.recorded(teller.newKey(), refund, account.takenBack(Map.of(bill.fund(), bill.amount())));
        return teller.end();
    }

    private Story refundedWhole() {
        Capture capture = payers.capture();
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        UUID payment = captured(teller, capture, account);
        takenBack(teller, capture, "REFUNDED", payment, capture.amount(), account);
        String tooMuch = teller.newKey();
        teller.refused(tooMuch, capture.followUp("REFUNDED", payment.toString(), 1), Refusal.EXCEEDS_CAPTURED);
        return teller.end();
    }

    /** The refund comes before the capture: it is parked, and the capture releases it. */
    private Story refundedEarly() {
        Capture capture = payers.capture();
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        String captureKey = teller.newKey();
        UUID payment = teller.paymentId(captureKey);
        Map<String, Long> refunded = account.takenBack(capture.amount());
        teller.event(
                teller.newKey(),
                capture.followUp("REFUNDED", payment.toString(), capture.amount()),
                Possible.released(refunded));
        teller.recorded(captureKey, capture.body("CAPTURED"), account.captured());
        return teller.end();
    }

    private Story voided() {
        Capture capture = payers.capture();
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        voided(teller, capture, captured(teller, capture, account), account);
        return teller.end();
    }

    private Story refundedAfterVoid() {
        Capture capture = payers.capture();
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        UUID payment = captured(teller, capture, account);
        voided(teller, capture, payment, account);
        teller.event(
                teller.newKey(),
                capture.followUp("REFUNDED", payment.toString(), capture.amount()),
                Possible.refused(Refusal.PAYMENT_VOIDED),
                Possible.recorded(account.takenBack(capture.amount())));
        return teller.end();
    }

    /** If the city's cut-off falls between capture and void, the void comes too late; both are right. */
    private static void voided(StoryTeller teller, Capture capture, UUID payment, PaymentAccount account) {
        teller.event(
                teller.newKey(),
                capture.followUp("VOIDED", payment.toString(), capture.amount()),
                Possible.recorded(account.voided()),
                Possible.refused(Refusal.VOID_AFTER_CLOSE));
    }

    private Story chargedBack() {
        Capture capture = payers.captureBy(Tender.CARD);
        StoryTeller teller = teller(capture);
        chargedBack(teller, capture, account(capture));
        return teller.end();
    }

    private Story chargebackWon() {
        Capture capture = payers.captureBy(Tender.CARD);
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        UUID payment = chargedBack(teller, capture, account);
        ObjectNode won = capture.followUp("CHARGEBACK_WON", payment.toString(), capture.amount());
        teller.recorded(teller.newKey(), won, account.disputeWon(capture.amount()));
        ObjectNode again = capture.followUp("CHARGEBACK_LOST", payment.toString(), capture.amount());
        teller.refused(teller.newKey(), again, Refusal.DISPUTE_NOT_OPEN);
        return teller.end();
    }

    private Story chargebackLost() {
        Capture capture = payers.captureBy(Tender.CARD);
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        UUID payment = chargedBack(teller, capture, account);
        ObjectNode lost = capture.followUp("CHARGEBACK_LOST", payment.toString(), capture.amount());
        teller.recorded(teller.newKey(), lost, account.disputeLost(capture.amount()));
        return teller.end();
    }

    private Story returned() {
        Capture capture = payers.captureBy(Tender.ECHECK, Tender.CHECK);
        StoryTeller teller = teller(capture);
        PaymentAccount account = account(capture);
        UUID payment = captured(teller, capture, account);
        takenBack(teller, capture, "RETURNED", payment, capture.amount(), account);
        return teller.end();
    }

    /** Entered by staff: such facts do not come from a public page or kiosk. */
    private Story processorFee() {
        Capture capture = payers.captureOf(payers.city(), Channel.COUNTER, Tender.CARD);
        StoryTeller teller = teller(capture);
        long fee = 500 + random.nextLong(2_000);
        ObjectNode body = capture.followUp("PROCESSOR_FEE", "", fee);
        body.remove("paymentId");
        String clearing = "clearing:" + capture.city().processor(clock.instant());
        teller.recorded(teller.newKey(), body, Map.of("processor-fee", fee, clearing, -fee));
        return teller.end();
    }

    /** What was in the till goes to the bank; the payment that filled it comes first. */
    private Story deposited() {
        Capture capture = payers.captureBy(Tender.CASH, Tender.CHECK);
        StoryTeller teller = teller(capture);
        captured(teller, capture);
        ObjectNode deposit = capture.followUp("DEPOSITED", "", capture.amount());
        deposit.remove("paymentId");
        teller.recorded(
                teller.newKey(),
                deposit,
                Map.of("bank", capture.amount(), "till:" + capture.channel(), -capture.amount()));
        return teller.end();
    }

    private UUID chargedBack(StoryTeller teller, Capture capture, PaymentAccount account) {
        UUID payment = captured(teller, capture, account);
        ObjectNode body = capture.followUp("CHARGED_BACK", payment.toString(), capture.amount());
        teller.recorded(teller.newKey(), body, account.disputed(capture.amount()));
        return payment;
    }

    private static void takenBack(
            StoryTeller teller, Capture capture, String type, UUID payment, long amount, PaymentAccount account) {
        ObjectNode body = capture.followUp(type, payment.toString(), amount);
        teller.recorded(teller.newKey(), body, account.takenBack(amount));
    }

    private void captured(StoryTeller teller, Capture capture) {
        captured(teller, capture, account(capture));
    }

    private static UUID captured(StoryTeller teller, Capture capture, PaymentAccount account) {
        String key = teller.newKey();
        teller.recorded(key, capture.body("CAPTURED"), account.captured());
        return teller.paymentId(key);
    }

    private PaymentAccount account(Capture capture) {
        return new PaymentAccount(capture, clock.instant());
    }

    private StoryTeller teller(Capture capture) {
        return new StoryTeller(runName + "-" + told, capture.city(), capture.channel());
    }

    private void share(int tenThousandths, Supplier<Story> story) {
        shares += tenThousandths;
        byShare.put(shares, story);
    }
}
