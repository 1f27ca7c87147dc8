package io.tillstream.local.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;

/** Stories that end with an error, a refusal or an alarm. */
final class Troubles {
    private static final int CARD_TESTING_ATTEMPTS = 60;
    private static final Duration CARD_TESTING_PAUSE = Duration.ofMillis(30);

    private final Payers payers;
    private final SplittableRandom random;
    private final Clock clock;

    Troubles(Payers payers, SplittableRandom random, Clock clock) {
        this.payers = payers;
        this.random = random;
        this.clock = clock;
    }

    /** Waits, parked, for a payment that never comes. */
    Story refundOfUnknownPayment(Function<Capture, StoryTeller> tellers) {
        Capture capture = payers.captureBy(Tender.CARD);
        StoryTeller teller = tellers.apply(capture);
        UUID unknown = new UUID(random.nextLong(), random.nextLong());
        return teller.event(
                        teller.newKey(),
                        capture.followUp("REFUNDED", unknown.toString(), 5_000),
                        Possible.parked(),
                        Possible.expired())
                .end();
    }

    /** Well-formed, and against the rules of posting. */
    Story refusedByPosting(Function<Capture, StoryTeller> tellers) {
        Capture capture = payers.captureBy(Tender.CARD);
        StoryTeller teller = tellers.apply(capture);
        ObjectNode body = capture.body("CAPTURED");
        String key = teller.newKey();
        switch (random.nextInt(4)) {
            case 0 -> {
                long tooLarge = capture.city().tenant().getAmountMax() + 1;
                teller.refused(key, body.put("amount", tooLarge), Refusal.AMOUNT_TOO_LARGE);
            }
            case 1 -> teller.refused(key, body.put("currency", "EUR"), Refusal.CURRENCY_NOT_OF_TENANT);
            case 2 -> {
                body.remove(List.of("items", "convenienceFee"));
                teller.refused(key, body.put("amount", 0), Refusal.AMOUNT_NOT_POSITIVE);
            }
            default -> teller.refused(key, body.put("amount", capture.amount() - 1), Refusal.ITEMS_EXCEED_AMOUNT);
        }
        return teller.end();
    }

    /** What ingest must turn away. */
    Story malformed(Function<Capture, StoryTeller> tellers) {
        Capture capture = payers.captureBy(Tender.CARD);
        StoryTeller teller = tellers.apply(capture);
        ObjectNode body = capture.body("CAPTURED");
        switch (random.nextInt(6)) {
            case 0 -> {
                String text = body.toString();
                teller.malformed(Step.Kind.MALFORMED, text.substring(0, text.length() / 2), 400);
            }
            case 1 -> {
                body.remove("amount");
                teller.malformed(Step.Kind.MALFORMED, body.toString(), 400);
            }
            case 2 ->
                teller.malformed(Step.Kind.MALFORMED, body.put("colour", "blue").toString(), 400);
            case 3 -> {
                ((ObjectNode) body.get("items").get(0)).put("fund", "no-such-fund");
                teller.malformed(Step.Kind.MALFORMED, body.toString(), 400);
            }
            case 4 -> teller.malformed(Step.Kind.UNAUTHENTICATED, body.toString(), 401);
            default ->
                teller.malformed(
                        Step.Kind.CARD_NUMBER,
                        body.put("clientReference", cardNumber()).toString(),
                        422);
        }
        return teller.end();
    }

    /** Sixty cards of one BIN, from one address and device, for a few dollars each; three of them go through. */
    Story cardTesting(City city, Function<Capture, StoryTeller> tellers) {
        Capture model = payers.captureOf(city, Channel.WEB, Tender.CARD);
        StoryTeller teller = tellers.apply(model);
        String bin = payers.bin();
        for (int attempt = 0; attempt < CARD_TESTING_ATTEMPTS; attempt++) {
            Capture.Bill bill = model.items().get(0);
            Capture tried = new Capture(
                    city,
                    Channel.WEB,
                    Tender.CARD,
                    List.of(new Capture.Bill(bill.type(), bill.fund(), bill.account(), 100 + random.nextInt(200))),
                    0,
                    0,
                    payers.card(bin),
                    model.source(),
                    "payer-" + payers.word(10));
            if (attempt % 20 == 19) {
                Map<String, Long> postings = new PaymentAccount(tried, clock.instant()).captured();
                teller.recorded(teller.newKey(attempt), tried.body("CAPTURED"), postings);
            } else {
                ObjectNode declined = tried.body("DECLINED")
                        .put("declineClass", "INVALID_CARD")
                        .put("cvvResult", "NO_MATCH");
                teller.recorded(teller.newKey(attempt), declined, Map.of());
            }
        }
        return teller.end(CARD_TESTING_PAUSE);
    }

    /** Made of digits that pass Luhn and begin like a card network's; it belongs to nobody and is kept nowhere. */
    private String cardNumber() {
        int[] digits = new int[16];
        digits[0] = 4;
        for (int i = 1; i < 15; i++) {
            digits[i] = random.nextInt(10);
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int doubled = i % 2 == 0 ? 2 * digits[i] : digits[i];
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        digits[15] = (10 - sum % 10) % 10;
        StringBuilder number = new StringBuilder();
        for (int digit : digits) {
            number.append(digit);
        }
        return number.toString();
    }
}
