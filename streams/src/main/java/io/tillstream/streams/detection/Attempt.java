package io.tillstream.streams.detection;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.PaymentEventType;
import java.util.Comparator;
import java.util.UUID;

/**
 * One try of a card, with what rules look at and nothing that names a person.
 *
 * @param payment its payment's id, folded to 64 bits
 * @param card hash of the card's fingerprint, or of BIN and last four; {@link #CARD_UNKNOWN} if the event has neither
 * @param atMillis when it happened, UTC
 * @param amount minor units
 */
record Attempt(
        UUID eventId,
        long payment,
        long card,
        long atMillis,
        long amount,
        String currency,
        PaymentEventType type,
        Channel channel,
        DeclineClass declineClass) {

    static final long CARD_UNKNOWN = 0;

    /** By time; attempts of one millisecond in the order of their ids, so that every replay sorts alike. */
    static final Comparator<Attempt> IN_ORDER =
            Comparator.comparingLong(Attempt::atMillis).thenComparing(Attempt::eventId);

    boolean isDeclined() {
        return type == PaymentEventType.DECLINED;
    }

    /** Refused because something on the way was down, which says nothing about the card. */
    boolean isTechnical() {
        return isDeclined() && declineClass == DeclineClass.TECHNICAL;
    }

    /**
     * Declined for the card's sake. A card that is saved counts too: saving it is the test, and whoever saves many cards
     * from one place has no bill to pay.
     */
    boolean isRefused() {
        return (isDeclined() && !isTechnical()) || type == PaymentEventType.ENROLLED;
    }

    /** Whether both are steps of one try that went well, such as its authorisation and its capture. */
    boolean continues(Attempt other) {
        return payment == other.payment && !isDeclined() && !other.isDeclined();
    }
}
