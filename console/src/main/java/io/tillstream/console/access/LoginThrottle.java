package io.tillstream.console.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows down guessing. Attempts are counted before the password is looked at, so that parallel guesses count too: few
 * for one name from one address, more for one address, many for one name (so that a stranger cannot easily lock a
 * user out, nor guess from a thousand addresses for ever).
 */
public final class LoginThrottle {
    static final int NAME_AND_ADDRESS_MAX = 5;
    static final int ADDRESS_MAX = 30;
    static final int NAME_MAX = 100;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int KEYS_MAX = 50_000;
    private final Cache<String, Window> windows =
            Caffeine.newBuilder().maximumSize(KEYS_MAX).build();

    /** Counts an attempt and gives the wait that is due before it may go on: zero if it may go on now. */
    public Duration attempt(String name, String address, Instant now) {
        Duration both = count("b|" + name + "|" + address, NAME_AND_ADDRESS_MAX, now);
        Duration byAddress = count("a|" + address, ADDRESS_MAX, now);
        Duration byName = count("n|" + name, NAME_MAX, now);
        return longest(both, longest(byAddress, byName));
    }

    /** A right password clears what its user mistyped, and is no guess at all. */
    public void succeeded(String name, String address) {
        windows.invalidate("b|" + name + "|" + address);
        windows.asMap().computeIfPresent("a|" + address, (ignored, old) -> old.withOneLess());
        windows.asMap().computeIfPresent("n|" + name, (ignored, old) -> old.withOneLess());
    }

    private Duration count(String key, int attemptsMax, Instant now) {
        Window window = windows.asMap().compute(key, (ignored, old) -> {
            boolean fresh = old == null || !now.isBefore(old.endsAt);
            return fresh ? new Window(1, now.plus(WINDOW)) : new Window(old.attempts + 1, old.endsAt);
        });
        return window.attempts <= attemptsMax ? Duration.ZERO : Duration.between(now, window.endsAt);
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private record Window(int attempts, Instant endsAt) {
        private Window withOneLess() {
            return new Window(Math.max(0, attempts - 1), endsAt);
        }
    }
}
