package io.tillstream.schemas;

/** Bytes that are not a record of the expected kind. The message names what and where, never the bytes. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final QuarantineReason reason;

    public UnreadableRecordException(QuarantineReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it can't be read. */
    public QuarantineReason reason() {
        return reason;
    }
}
