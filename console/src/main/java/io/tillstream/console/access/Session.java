package io.tillstream.console.access;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Objects;

/**
 * A person who is signed in.
 *
 * @param viewer who, and what they may see
 * @param formToken goes into every form and must come back with it
 * @param startedAt when they signed in
 */
public record Session(Viewer viewer, String formToken, Instant startedAt) {
    public Session {
        Objects.requireNonNull(viewer, "viewer");
        Objects.requireNonNull(formToken, "formToken");
        Objects.requireNonNull(startedAt, "startedAt");
    }

    /** Whether a form was made by this session; constant time. */
    public boolean madeForm(String token) {
        return token != null && MessageDigest.isEqual(ApiTokens.sha256(formToken), ApiTokens.sha256(token));
    }

    /** Without the form token. */
    @Override
    public String toString() {
        return "Session[viewer=" + viewer + ", startedAt=" + startedAt + "]";
    }
}
