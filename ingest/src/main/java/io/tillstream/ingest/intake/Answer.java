package io.tillstream.ingest.intake;

import java.util.UUID;

/**
 * What the client is told; never a value that it sent, but for the two ids.
 *
 * @param outcome how it ended
 * @param field the field that is wrong; empty if none
 * @param reason in words; empty if the outcome says all
 * @param eventId null unless accepted or conflicting
 * @param paymentId null unless accepted
 * @param retryAfterSeconds 0 for none
 */
public record Answer(
        Outcome outcome, String field, String reason, UUID eventId, UUID paymentId, int retryAfterSeconds) {
    static final int RETRY_SOON_SECONDS = 1;
    static final int RETRY_SUSPENDED_SECONDS = 30;

    static Answer accepted(UUID eventId, UUID paymentId) {
        return new Answer(Outcome.ACCEPTED, "", "", eventId, paymentId, 0);
    }

    static Answer repeated(UUID eventId, UUID paymentId) {
        return new Answer(Outcome.REPEATED, "", "", eventId, paymentId, 0);
    }

    static Answer conflicting(UUID eventId) {
        return new Answer(
                Outcome.CONFLICTING_DUPLICATE,
                "Idempotency-Key",
                "was used with another body; the first one counts",
                eventId,
                null,
                0);
    }

    static Answer of(InvalidPaymentException wrong) {
        Outcome outcome = wrong.isForbidden() ? Outcome.NOT_ALLOWED : Outcome.INVALID_FIELD;
        return new Answer(outcome, wrong.field(), wrong.reason(), null, null, 0);
    }

    /** A field that is wrong outside the body. */
    public static Answer invalid(String field, String reason) {
        return new Answer(Outcome.INVALID_FIELD, field, reason, null, null, 0);
    }

    public static Answer cardNumber(String field) {
        return new Answer(
                Outcome.CARD_NUMBER, field, "holds what looks like a card number; it was not kept", null, null, 0);
    }

    public static Answer suspended(String reason) {
        return new Answer(Outcome.SUSPENDED, "", reason, null, null, RETRY_SUSPENDED_SECONDS);
    }

    public static Answer rateLimited(int retryAfterSeconds) {
        return new Answer(Outcome.RATE_LIMITED, "", "", null, null, retryAfterSeconds);
    }

    public static Answer tooLarge(String reason) {
        return new Answer(Outcome.TOO_LARGE, "", reason, null, null, 0);
    }

    /** An outcome that needs no more words. */
    public static Answer of(Outcome outcome) {
        return new Answer(outcome, "", "", null, null, outcome.status() == 503 ? RETRY_SOON_SECONDS : 0);
    }

    public boolean isAccepted() {
        return outcome == Outcome.ACCEPTED || outcome == Outcome.REPEATED;
    }
}
