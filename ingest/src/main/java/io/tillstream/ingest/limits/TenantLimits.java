package io.tillstream.ingest.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.tillstream.ingest.tenants.TenantProfile;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One token bucket per city, made from its profile and made anew when the profile's limits change. */
public final class TenantLimits {
    private final Rate defaultRate;
    private final TimeMeter time;
    private final Map<String, Limit> limits = new ConcurrentHashMap<>();

    /**
     * Events a second, and how many may come at once.
     *
     * @param eventsPerSecond at least 1
     * @param eventBurst at least 1
     */
    public record Rate(int eventsPerSecond, int eventBurst) {
        public Rate {
            if (eventsPerSecond < 1 || eventBurst < 1) {
                throw new IllegalArgumentException("a rate and its burst are at least 1");
            }
        }
    }

    private record Limit(Rate rate, Bucket bucket) {}

    /** @param defaultRate for cities whose profile says 0 */
    public TenantLimits(Rate defaultRate, TimeMeter time) {
        this.defaultRate = defaultRate;
        this.time = time;
    }

    /** True if the city may send one more event now. */
    public boolean tryTake(TenantProfile tenant) {
        return bucket(tenant).tryConsume(1);
    }

    /** Seconds until the city may send again, at least 1; for Retry-After. */
    public int retryAfterSeconds(TenantProfile tenant) {
        long nanos = bucket(tenant).estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return (int) Math.max(1, Duration.ofNanos(nanos).plusMillis(999).toSeconds());
    }

    private Bucket bucket(TenantProfile tenant) {
        Rate rate = rate(tenant);
        Limit limit = limits.get(tenant.tenant());
        if (limit != null && limit.rate.equals(rate)) {
            return limit.bucket;
        }
        return limits.compute(
                        tenant.tenant(),
                        (id, known) -> known != null && known.rate.equals(rate) ? known : new Limit(rate, bucket(rate)))
                .bucket;
    }

    private Rate rate(TenantProfile tenant) {
        int perSecond = tenant.eventsPerSecond();
        if (perSecond == 0) {
            return defaultRate;
        }
        return new Rate(perSecond, Math.max(perSecond, tenant.eventBurst()));
    }

    private Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(rate.eventBurst).refillGreedy(rate.eventsPerSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }
}
