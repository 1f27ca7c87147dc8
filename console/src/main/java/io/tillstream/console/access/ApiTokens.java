package io.tillstream.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Tokens of programs that use the query API. A token is 256 random bits, so its plain SHA-256 in the settings cannot be
 * turned round; there is nothing to stretch.
 */
public final class ApiTokens {
    private static final String PREFIX = "tsq_";
    private static final int TOKEN_BYTES = 32;
    private final List<Known> known;

    /** @throws IllegalArgumentException for a hash that is not 64 hexadecimal digits */
    public ApiTokens(List<Grant> grants) {
        known = grants.stream()
                .map(grant -> new Known(
                        new Viewer("token:" + grant.name(), TenantScope.of(grant.tenants())),
                        HexFormat.of().parseHex(grant.tokenHash())))
                .toList();
    }

    /** A new token and the hash of it for {@code tokens[].tokenHash}; the token itself is shown once and kept nowhere. */
    public static Minted mint() {
        return mint(new SecureRandom());
    }

    static Minted mint(SecureRandom random) {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return new Minted(token, HexFormat.of().formatHex(sha256(token)));
    }

    /** Who holds the token. Every known hash is compared, each in constant time. */
    public Optional<Viewer> holder(String token) {
        byte[] hash = sha256(token);
        Viewer holder = null;
        for (Known candidate : known) {
            if (MessageDigest.isEqual(candidate.hash, hash)) {
                holder = candidate.viewer;
            }
        }
        return Optional.ofNullable(holder);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * A token as the settings name one.
     *
     * @param name for logs
     * @param tokenHash SHA-256 of the token in hexadecimal
     * @param tenants ids of tenants, or only {@code *}
     */
    public record Grant(String name, String tokenHash, List<String> tenants) {
        public Grant {
            if (!tokenHash.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(
                        "tokenHash of " + name + " is not a SHA-256 in lower-case hexadecimal");
            }
            tenants = List.copyOf(tenants);
        }
    }

    /**
     * A fresh token.
     *
     * @param token what the program sends
     * @param tokenHash what the settings hold
     */
    public record Minted(String token, String tokenHash) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Minted[tokenHash=" + tokenHash + "]";
        }
    }

    private static final class Known {
        private final Viewer viewer;
        private final byte[] hash;

        private Known(Viewer viewer, byte[] hash) {
            this.viewer = viewer;
            this.hash = hash;
        }
    }
}
