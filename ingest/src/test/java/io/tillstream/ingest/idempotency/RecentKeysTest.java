package io.tillstream.ingest.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
    private final AtomicLong nowNanos = new AtomicLong();
    private final RecentKeys keys = new RecentKeys(100, Duration.ofHours(1), nowNanos::get);

    @Test
    void shouldGiveTheFirstWhenTheSameKeyComesAgain() {
        Remembered first = new Remembered(new BodyHash(1, 1));
        UUID id = new UUID(0, 1);

        assertThat(keys.remember(id, first)).isSameAs(first);
        assertThat(keys.remember(id, new Remembered(new BodyHash(1, 1)))).isSameAs(first);
        assertThat(first.hasBody(new BodyHash(1, 1))).isTrue();
        assertThat(first.hasBody(new BodyHash(1, 2))).isFalse();
    }

    @Test
    void shouldForgetWithoutExtendingTheTime() {
        UUID id = new UUID(0, 1);
        Remembered first = new Remembered(new BodyHash(1, 1));
        keys.remember(id, first);
        nowNanos.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(keys.remember(id, new Remembered(new BodyHash(1, 1)))).isSameAs(first);

        nowNanos.addAndGet(Duration.ofMinutes(2).toNanos());

        Remembered later = new Remembered(new BodyHash(2, 2));
        assertThat(keys.remember(id, later)).isSameAs(later);
    }

    @Test
    void shouldForgetOnlyTheOneThatFailed() {
        UUID id = new UUID(0, 1);
        Remembered first = new Remembered(new BodyHash(1, 1));
        keys.remember(id, first);

        keys.forget(id, new Remembered(new BodyHash(1, 1)));
        assertThat(keys.remember(id, new Remembered(new BodyHash(1, 1)))).isSameAs(first);
        keys.forget(id, first);
        Remembered next = new Remembered(new BodyHash(1, 1));
        assertThat(keys.remember(id, next)).isSameAs(next);
    }

    @Test
    void shouldStayWithinItsBound() {
        for (int i = 0; i < 10_000; i++) {
            keys.remember(new UUID(0, i), new Remembered(new BodyHash(i, i)));
        }

        assertThat(keys.count()).isLessThanOrEqualTo(100);
    }

    @Test
    void shouldTellEveryoneWhoWaitsOnce() {
        Remembered remembered = new Remembered(new BodyHash(1, 1));
        List<String> told = new ArrayList<>();
        remembered.whenTold(isAcknowledged -> told.add("early " + isAcknowledged));
        remembered.tell(true);
        remembered.tell(false);
        remembered.whenTold(isAcknowledged -> told.add("late " + isAcknowledged));

        assertThat(told).containsExactly("early true", "late true");
    }
}
