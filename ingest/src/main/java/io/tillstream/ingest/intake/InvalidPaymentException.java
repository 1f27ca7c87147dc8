package io.tillstream.ingest.intake;

/** A field that cannot be taken, with what the client should know. Carries no value of the field and no stack. */
final class InvalidPaymentException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean isForbidden;
    private final String field;

    private InvalidPaymentException(boolean isForbidden, String field, String reason) {
        super(reason, null, false, false);
        this.isForbidden = isForbidden;
        this.field = field;
    }

    static InvalidPaymentException invalid(String field, String reason) {
        return new InvalidPaymentException(false, field, reason);
    }

    /** Well formed, but this credential's channel may not send it. */
    static InvalidPaymentException forbidden(String field, String reason) {
        return new InvalidPaymentException(true, field, reason);
    }

    boolean isForbidden() {
        return isForbidden;
    }

    String field() {
        return field;
    }

    String reason() {
        return getMessage();
    }
}
