package io.tillstream.ingest.auth;

import java.util.Optional;

/** A header Authorization that has been read; to be settled before anything of the request is believed. */
public sealed interface Claim {
    /** True if the claim can only be settled with the body. */
    boolean needsBody();

    /**
     * The caller, if the claim is proven.
     *
     * @param key value of Idempotency-Key, empty if there is none
     * @param body the whole body; empty unless {@link #needsBody}
     */
    Optional<Caller> settle(String method, String path, String key, byte[] body);

    /** Settled with the header alone. */
    record Settled(Optional<Caller> caller) implements Claim {
        @Override
        public boolean needsBody() {
            return false;
        }

        @Override
        public Optional<Caller> settle(String method, String path, String key, byte[] body) {
            return caller;
        }
    }

    /** To be settled with the body. */
    @FunctionalInterface
    interface Check {
        Optional<Caller> settle(String method, String path, String key, byte[] body);
    }

    /** A signed request. */
    record Signed(Check check) implements Claim {
        @Override
        public boolean needsBody() {
            return true;
        }

        @Override
        public Optional<Caller> settle(String method, String path, String key, byte[] body) {
            return check.settle(method, path, key, body);
        }
    }
}
