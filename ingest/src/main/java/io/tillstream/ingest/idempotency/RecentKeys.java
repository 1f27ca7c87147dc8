package io.tillstream.ingest.idempotency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.UUID;

/** Recent event ids with what came under them; bounded in number and time, counted from the first request, never extended. */
public final class RecentKeys {
    private final Cache<UUID, Remembered> remembered;

    /**
     * @param countMax how many are kept; about 250 bytes each
     * @param keptFor how long after the first request
     */
    public RecentKeys(int countMax, Duration keptFor, Ticker ticker) {
        this.remembered = Caffeine.newBuilder()
                .maximumSize(countMax)
                .expireAfterWrite(keptFor)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** What is remembered under the id: {@code candidate} itself if it is the first, else what came before it. */
    public Remembered remember(UUID eventId, Remembered candidate) {
        Remembered earlier = remembered.asMap().putIfAbsent(eventId, candidate);
        return earlier == null ? candidate : earlier;
    }

    /** Forgets what could not be published, so that the client's next try publishes it. */
    public void forget(UUID eventId, Remembered failed) {
        remembered.asMap().remove(eventId, failed);
    }

    /** Roughly how many are kept. */
    public long count() {
        return remembered.estimatedSize();
    }
}
