package io.tillstream.console.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Password hashes, as they stand in the settings: {@code pbkdf2-sha256$iterations$salt$hash}, salt and hash in Base64.
 * PBKDF2 because it is in every Java 17; 600,000 iterations is what OWASP asks of it with SHA-256.
 */
public final class Passwords {
    static final int ITERATIONS = 600_000;
    private static final int ITERATIONS_MIN = 100_000;
    private static final int ITERATIONS_MAX = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    /** Longer input is refused before it is hashed. */
    static final int LENGTH_MAX = 200;

    private static final Pattern FORM =
            Pattern.compile("pbkdf2-sha256\\$([0-9]{6,8})\\$([A-Za-z0-9+/]{22}==)\\$([A-Za-z0-9+/]{43}=)");

    private Passwords() {}

    /**
     * The hash of a new password, for {@code users[].passwordHash} in the console's settings.
     *
     * @throws IllegalArgumentException for fewer than 8 or more than 200 characters
     */
    public static String hash(char[] password) {
        return hash(password, ITERATIONS, new SecureRandom());
    }

    static String hash(char[] password, int iterations, SecureRandom random) {
        if (password.length < 8 || password.length > LENGTH_MAX) {
            throw new IllegalArgumentException("a password has 8 to " + LENGTH_MAX + " characters");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return "pbkdf2-sha256$" + iterations + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive(password, salt, iterations));
    }

    /**
     * Reads a hash from the settings.
     *
     * @throws IllegalArgumentException if it has another form or too few iterations; the text is not repeated
     */
    static Hash parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a password hash: make one with `tillstream hash-password`");
        }
        int iterations = Integer.parseInt(matcher.group(1));
        if (iterations < ITERATIONS_MIN || iterations > ITERATIONS_MAX) {
            throw new IllegalArgumentException(
                    "a password hash has " + ITERATIONS_MIN + " to " + ITERATIONS_MAX + " iterations");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new Hash(iterations, base64.decode(matcher.group(2)), base64.decode(matcher.group(3)));
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** A parsed hash. Not a record: it must not print itself. */
    static final class Hash {
        private final int iterations;
        private final byte[] salt;
        private final byte[] expected;

        Hash(int iterations, byte[] salt, byte[] expected) {
            this.iterations = iterations;
            this.salt = salt;
            this.expected = expected;
        }

        int iterations() {
            return iterations;
        }

        /** Takes the same time whether it matches or not. */
        boolean matches(char[] password) {
            return MessageDigest.isEqual(expected, derive(password, salt, iterations));
        }
    }
}
