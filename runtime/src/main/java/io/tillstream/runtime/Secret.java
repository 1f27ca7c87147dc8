package io.tillstream.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that must not be printed: a password, a key. Only {@link #reveal} gives it away. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** @throws IllegalArgumentException if the value is blank */
    public static Secret of(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        return new Secret(value);
    }

    /** The value itself; name the place that hands it on, never a log or a message. */
    public String reveal() {
        return value;
    }

    /** Compares in a time that does not depend on where the values differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
