package io.tillstream.local.dayfile;

/** A day file that can't be imported as a whole; the message says where and why. */
public final class DayFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DayFileException(String message) {
        super(message);
    }
}
