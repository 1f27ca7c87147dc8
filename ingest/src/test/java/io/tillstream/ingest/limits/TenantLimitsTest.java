package io.tillstream.ingest.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.tillstream.ingest.tenants.Cities;
import io.tillstream.ingest.tenants.TenantProfile;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenantLimitsTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nowNanos = new AtomicLong();
    private final TenantLimits limits = new TenantLimits(new TenantLimits.Rate(2, 4), new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nowNanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void shouldAllowBurstThenRate() {
        TenantProfile city = Cities.profile(Cities.city("springfield", 10, 30));

        assertThat(taken(city, 100)).isEqualTo(30);
        assertThat(limits.retryAfterSeconds(city)).isEqualTo(1);
        nowNanos.addAndGet(SECOND);
        assertThat(taken(city, 100)).isEqualTo(10);
    }

    @Test
    void shouldKeepTenantsApartAndFollowTheirRecord() {
        TenantProfile city = Cities.profile(Cities.city("springfield", 10, 10));
        assertThat(taken(city, 100)).isEqualTo(10);
        assertThat(taken(Cities.profile(Cities.city("shelbyville", 5, 5)), 100)).isEqualTo(5);

        assertThat(taken(Cities.profile(Cities.city("springfield", 20, 20)), 100))
                .isEqualTo(20);
    }

    @Test
    void shouldUseTheDefaultWhenTheRecordHasNone() {
        assertThat(taken(Cities.profile(Cities.city("springfield", 0, 0)), 100)).isEqualTo(4);
    }

    @Test
    void shouldLetInUpToTheBoundAndNoticeTooManyLeaving() {
        InFlight inFlight = new InFlight(2);

        assertThat(inFlight.tryEnter()).isTrue();
        assertThat(inFlight.tryEnter()).isTrue();
        assertThat(inFlight.tryEnter()).isFalse();
        inFlight.leave();
        assertThat(inFlight.tryEnter()).isTrue();
        inFlight.leave();
        inFlight.leave();
        assertThat(inFlight.count()).isZero();
        assertThatThrownBy(inFlight::leave).isInstanceOf(IllegalStateException.class);
    }

    private int taken(TenantProfile city, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += limits.tryTake(city) ? 1 : 0;
        }
        return taken;
    }
}
