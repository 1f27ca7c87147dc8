package io.tillstream.console.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Who is signed in, in memory: a restart signs everybody out. Only the hash of a session's id is kept, so a dump of the
 * heap holds nothing that could be sent back.
 */
public final class Sessions {
    private static final int SESSIONS_MAX = 10_000;
    private final Cache<String, Held> byHash =
            Caffeine.newBuilder().maximumSize(SESSIONS_MAX).build();
    private final Duration idle;
    private final Duration lifetime;
    private final SecureRandom random;

    /**
     * @param idle a session without a request for so long has ended
     * @param lifetime a session so old has ended, used or not
     */
    public Sessions(Duration idle, Duration lifetime, SecureRandom random) {
        this.idle = idle;
        this.lifetime = lifetime;
        this.random = random;
    }

    /** Begins a session under a new id; the id is the cookie's value. */
    public String begin(Viewer viewer, Instant now) {
        String id = secret();
        byHash.put(hash(id), new Held(new Session(viewer, secret(), now), now));
        return id;
    }

    /** The session, which counts as used now. */
    public Optional<Session> use(String id, Instant now) {
        Optional<Session> session = look(id, now);
        session.ifPresent(live -> byHash.put(hash(id), new Held(live, now)));
        return session;
    }

    /** The session as it is, without counting as use: a page that refreshes itself keeps nobody signed in. */
    public Optional<Session> look(String id, Instant now) {
        if (id == null) {
            return Optional.empty();
        }
        Held held = byHash.getIfPresent(hash(id));
        if (held == null) {
            return Optional.empty();
        }
        boolean over = !now.isBefore(held.usedAt.plus(idle))
                || !now.isBefore(held.session.startedAt().plus(lifetime));
        if (over) {
            byHash.invalidate(hash(id));
            return Optional.empty();
        }
        return Optional.of(held.session);
    }

    public void end(String id) {
        byHash.invalidate(hash(id));
    }

    /** 256 random bits as text that fits into a cookie. */
    public String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String id) {
        return HexFormat.of().formatHex(ApiTokens.sha256(id));
    }

    private record Held(Session session, Instant usedAt) {}
}
