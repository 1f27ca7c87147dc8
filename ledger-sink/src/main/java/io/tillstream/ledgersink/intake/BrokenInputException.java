package io.tillstream.ledgersink.intake;

/**
 * A record of one of our own topics is not what it must be: missing, changed, out of order or unreadable. The sink stops and
 * says where; nothing of the poll is stored.
 */
public final class BrokenInputException extends RuntimeException {
    public BrokenInputException(String message) {
        super(message);
    }

    public BrokenInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
