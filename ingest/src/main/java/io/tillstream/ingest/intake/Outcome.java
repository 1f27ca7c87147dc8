package io.tillstream.ingest.intake;

/** How a request, or a line of a batch, ended; the name is the {@code error} of the answer and the tag of the meters. */
public enum Outcome {
    /** All in-sync replicas have the event. */
    ACCEPTED(202),
    /** The same request came before and was accepted; nothing was published again. */
    REPEATED(202),
    INVALID_FIELD(400),
    /** The HTTP itself is malformed. */
    BAD_REQUEST(400),
    UNAUTHORISED(401),
    /** The credential's channel may not send this. */
    NOT_ALLOWED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    /** The body did not arrive in time. */
    TIMEOUT(408),
    /** The key was used with another body. */
    CONFLICTING_DUPLICATE(409),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    CARD_NUMBER(422),
    RATE_LIMITED(429),
    INTERNAL(500),
    SUSPENDED(503),
    /** Not acknowledged in time; it is not known whether the event is there, so try again with the same key. */
    BROKER_UNAVAILABLE(503),
    /** Too many requests wait for the broker. */
    BUSY(503),
    /** The tenants have not been read yet. */
    NOT_READY(503);

    private final int status;

    Outcome(int status) {
        this.status = status;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }
}
