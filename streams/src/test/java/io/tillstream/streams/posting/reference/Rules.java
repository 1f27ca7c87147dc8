package io.tillstream.streams.posting.reference;

import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** DOMAIN section 3 in the plainest way: refusals by precedence, and what each type debits and credits. */
final class Rules {
    /** What a posted event does. */
    record Effect(String through, Tender tender, List<Posting> postings) {}

    private Rules() {}

    static boolean refersToPayment(PaymentEventType type) {
        return switch (type) {
            case VOIDED, REFUNDED, CHARGED_BACK, CHARGEBACK_WON, CHARGEBACK_LOST, RETURNED -> true;
            case AUTHORISED, DECLINED, ENROLLED, CAPTURED, PROCESSOR_FEE, DEPOSITED, FUNDED -> false;
        };
    }

    /** What can be refused without looking for the payment. */
    static Refusal refusalByTerms(City city, PaymentEvent event) {
        Refusal duplicate = duplicate(city, event);
        if (duplicate != Refusal.NONE) {
            return duplicate;
        }
        boolean mayBeZero = event.getType() == PaymentEventType.AUTHORISED
                || event.getType() == PaymentEventType.DECLINED
                || event.getType() == PaymentEventType.ENROLLED;
        boolean positive = event.getAmount() > 0 || (mayBeZero && event.getAmount() == 0);
        if (!positive
                || event.getConvenienceFee() < 0
                || event.getItems().stream().anyMatch(item -> item.getAmount() < 1)) {
            return Refusal.AMOUNT_NOT_POSITIVE;
        }
        if (event.getAmount() > city.terms.getAmountMax()) {
            return Refusal.AMOUNT_TOO_LARGE;
        }
        if (!event.getCurrency().equals(city.terms.getCurrency())) {
            return Refusal.CURRENCY_NOT_OF_TENANT;
        }
        BigInteger claimed = event.getItems().stream()
                .map(Item::getAmount)
                .map(BigInteger::valueOf)
                .reduce(BigInteger.valueOf(event.getConvenienceFee()), BigInteger::add);
        if (claimed.compareTo(BigInteger.valueOf(event.getAmount())) > 0) {
            return Refusal.ITEMS_EXCEED_AMOUNT;
        }
        LocalDate occurred = LocalDate.ofInstant(event.getOccurredAt(), ZoneOffset.UTC);
        LocalDate latest = city.openDate.plusDays(city.terms.getHorizonDays());
        return occurred.isBefore(city.oldestDate) || occurred.isAfter(latest) ? Refusal.OUTSIDE_HORIZON : Refusal.NONE;
    }

    private static Refusal duplicate(City city, PaymentEvent event) {
        City.Seen seen = city.events.get(Ids.toUuid(event.getEventId()));
        if (seen == null) {
            return Refusal.NONE;
        }
        return body(seen.event()).equals(body(event)) ? Refusal.DUPLICATE : Refusal.CONFLICTING_DUPLICATE;
    }

    /** What makes two events with one id the same: all but receivedAt and source, and the time unless the client named it. */
    private static List<Object> body(PaymentEvent event) {
        boolean timeIsNamed = !event.getOccurredAt().equals(event.getReceivedAt());
        return Arrays.asList(
                event.getPaymentId(),
                event.getType(),
                event.getChannel(),
                event.getTender(),
                event.getEntryMode(),
                event.getDeclineClass(),
                event.getAvsResult(),
                event.getCvvResult(),
                timeIsNamed ? event.getOccurredAt() : null,
                event.getAmount(),
                event.getConvenienceFee(),
                event.getCurrency(),
                event.getProcessor(),
                event.getItems(),
                event.getCard(),
                event.getPayerReference(),
                event.getClientReference());
    }

    /** What can be refused once the payment is known, or known to be missing for a capture. */
    static Refusal refusalByPayment(City city, PaymentEvent event, Payment payment) {
        if (event.getType() == PaymentEventType.CAPTURED) {
            return payment == null ? Refusal.NONE : Refusal.CONFLICTING_DUPLICATE;
        }
        if (!refersToPayment(event.getType())) {
            return Refusal.NONE;
        }
        BigInteger amount = BigInteger.valueOf(event.getAmount());
        boolean isVoid = event.getType() == PaymentEventType.VOIDED;
        boolean endsDispute = event.getType() == PaymentEventType.CHARGEBACK_WON
                || event.getType() == PaymentEventType.CHARGEBACK_LOST;
        if (payment.businessDate.isBefore(city.oldestDate)) {
            return Refusal.OUTSIDE_HORIZON;
        }
        if (payment.voided) {
            return Refusal.PAYMENT_VOIDED;
        }
        if (isVoid && !payment.businessDate.equals(city.openDate)) {
            return Refusal.VOID_AFTER_CLOSE;
        }
        if (!endsDispute && amount.compareTo(payment.free()) > 0) {
            return Refusal.EXCEEDS_CAPTURED;
        }
        if (isVoid && !payment.free().equals(payment.captured)) {
            return Refusal.EXCEEDS_CAPTURED;
        }
        if (endsDispute && amount.compareTo(payment.disputed) > 0) {
            return Refusal.DISPUTE_NOT_OPEN;
        }
        if (takesFromFunds(event.getType()) && payment.shares(event) == null) {
            return Refusal.EXCEEDS_CAPTURED;
        }
        return isVoid && !amount.equals(payment.captured) ? Refusal.VOID_NOT_WHOLE : Refusal.NONE;
    }

    private static boolean takesFromFunds(PaymentEventType type) {
        return type == PaymentEventType.REFUNDED
                || type == PaymentEventType.RETURNED
                || type == PaymentEventType.CHARGEBACK_LOST;
    }

    /** The table of postings. */
    static Effect effect(City city, PaymentEvent event, Payment payment) {
        String clearing = "clearing:" + event.getProcessor();
        String till = "till:" + event.getChannel();
        boolean byProcessor = event.getTender() == Tender.CARD || event.getTender() == Tender.ECHECK;
        return switch (event.getType()) {
            case AUTHORISED, DECLINED, ENROLLED -> new Effect("", event.getTender(), List.of());
            case CAPTURED -> captured(event, byProcessor ? clearing : till);
            case PROCESSOR_FEE -> pair(event, clearing, "processor-fee", clearing);
            case DEPOSITED -> pair(event, till, "bank", till);
            case FUNDED ->
                pair(event, "in-transit:" + event.getProcessor(), "bank", "in-transit:" + event.getProcessor());
            case VOIDED -> debits(payment, payment.got, payment.through, event);
            case REFUNDED, RETURNED -> debits(payment, payment.shares(event), payment.through, event);
            case CHARGEBACK_LOST -> debits(payment, payment.shares(event), "dispute", event);
            case CHARGED_BACK -> of(payment, event, "dispute", payment.through);
            case CHARGEBACK_WON -> of(payment, event, payment.through, "dispute");
        };
    }

    private static Effect captured(PaymentEvent event, String through) {
        List<Posting> postings = new ArrayList<>();
        postings.add(new Posting(event.getAmount(), through));
        BigInteger rest = BigInteger.valueOf(event.getAmount() - event.getConvenienceFee());
        for (Item item : event.getItems()) {
            postings.add(new Posting(-item.getAmount(), "fund:" + item.getFund()));
            rest = rest.subtract(BigInteger.valueOf(item.getAmount()));
        }
        if (event.getConvenienceFee() != 0) {
            postings.add(new Posting(-event.getConvenienceFee(), "convenience-fee"));
        }
        if (rest.signum() != 0) {
            postings.add(new Posting(rest.negate().longValueExact(), "unapplied"));
        }
        return new Effect(through, event.getTender(), postings);
    }

    private static Effect pair(PaymentEvent event, String through, String debit, String credit) {
        return new Effect(
                through,
                event.getTender(),
                List.of(new Posting(event.getAmount(), debit), new Posting(-event.getAmount(), credit)));
    }

    private static Effect of(Payment payment, PaymentEvent event, String debit, String credit) {
        return new Effect(
                payment.through,
                payment.tender,
                List.of(new Posting(event.getAmount(), debit), new Posting(-event.getAmount(), credit)));
    }

    private static Effect debits(Payment payment, Map<String, BigInteger> debits, String credit, PaymentEvent event) {
        List<Posting> postings = new ArrayList<>();
        debits.forEach((account, amount) -> postings.add(new Posting(amount.longValueExact(), account)));
        postings.add(new Posting(-event.getAmount(), credit));
        return new Effect(payment.through, payment.tender, postings);
    }

    /** What a posted event changes of its payment. */
    static void change(Payment payment, PaymentEvent event) {
        BigInteger amount = BigInteger.valueOf(event.getAmount());
        switch (event.getType()) {
            case VOIDED -> payment.voided = true;
            case CHARGED_BACK -> payment.disputed = payment.disputed.add(amount);
            case CHARGEBACK_WON -> payment.disputed = payment.disputed.subtract(amount);
            case REFUNDED, RETURNED -> {
                payment.giveBack(payment.shares(event));
                payment.taken = payment.taken.add(amount);
            }
            case CHARGEBACK_LOST -> {
                payment.giveBack(payment.shares(event));
                payment.taken = payment.taken.add(amount);
                payment.disputed = payment.disputed.subtract(amount);
            }
            case AUTHORISED, DECLINED, ENROLLED, CAPTURED, PROCESSOR_FEE, DEPOSITED, FUNDED ->
                throw new IllegalArgumentException(event.getType() + " changes no payment");
        }
    }
}
