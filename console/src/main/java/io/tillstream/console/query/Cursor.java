package io.tillstream.console.query;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;

/**
 * The key of the last row of a page, opaque to clients: Base64 of its parts, one a line.
 *
 * @param parts the key's columns in the order of the list
 */
public record Cursor(List<String> parts) {
    private static final int LENGTH_MAX = 500;

    public Cursor {
        parts = List.copyOf(parts);
    }

    static Cursor of(Object... parts) {
        return new Cursor(List.of(parts).stream().map(Object::toString).toList());
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws UnusableCursor if it is none of ours */
    public static Cursor parse(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new UnusableCursor();
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new Cursor(List.of(decoded.split("\n", -1)));
        } catch (IllegalArgumentException e) {
            throw new UnusableCursor(e);
        }
    }

    Cursor ofSize(int size) {
        if (parts.size() != size) {
            throw new UnusableCursor();
        }
        return this;
    }

    String text(int part) {
        return parts.get(part);
    }

    long number(int part) {
        try {
            return Long.parseLong(parts.get(part));
        } catch (NumberFormatException e) {
            throw new UnusableCursor(e);
        }
    }

    Instant instant(int part) {
        try {
            return Instant.parse(parts.get(part));
        } catch (DateTimeException e) {
            throw new UnusableCursor(e);
        }
    }

    LocalDate date(int part) {
        try {
            return LocalDate.parse(parts.get(part));
        } catch (DateTimeException e) {
            throw new UnusableCursor(e);
        }
    }

    /** The client sent a cursor that this list never gave. */
    public static final class UnusableCursor extends RuntimeException {
        UnusableCursor() {
            super("not a cursor of this list");
        }

        UnusableCursor(Exception cause) {
            super("not a cursor of this list", cause);
        }
    }
}
