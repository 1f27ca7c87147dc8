package io.tillstream.streams.posting;

/** Something that can't be: the process must stop rather than post on. The message says what, where and what was expected. */
public final class BrokenInvariantException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BrokenInvariantException(String message) {
        super(message);
    }

    public BrokenInvariantException(String message, Throwable cause) {
        super(message, cause);
    }
}
