package io.tillstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    @Test
    void shouldBeAliveButNotReadyWhenThereIsNoCheckYet() {
        assertThat(health.liveReport()).isEqualTo(new HealthReport(Map.of()));
        assertThat(health.readyReport().isUp()).isFalse();
    }

    @Test
    void shouldNotBeReadyBeforeAnyReadinessIsKnown() {
        health.live("threads", () -> HealthStatus.up("2 run"));

        assertThat(health.readyReport().isUp()).isFalse();
    }

    @Test
    void shouldStayAliveWhenOnlyNotReady() {
        health.live("threads", () -> HealthStatus.up("2 run"));
        health.ready("tenants", () -> HealthStatus.down("12 of 40 records read"));

        assertThat(health.liveReport().isUp()).isTrue();
        assertThat(health.readyReport())
                .isEqualTo(new HealthReport(Map.of(
                        "threads", HealthStatus.up("2 run"), "tenants", HealthStatus.down("12 of 40 records read"))));
        assertThat(health.readyReport().isUp()).isFalse();
    }

    @Test
    void shouldNotBeReadyWhenNotAlive() {
        health.live("threads", () -> HealthStatus.down("posting-1 died"));
        health.ready("tenants", () -> HealthStatus.up("40 records read"));

        assertThat(health.readyReport().isUp()).isFalse();
    }

    @Test
    void shouldBeDownWithoutTheMessageWhenACheckThrows() {
        health.live("threads", () -> {
            throw new IllegalStateException("a value that nobody should see");
        });

        assertThat(health.liveReport().checks())
                .containsExactly(Map.entry("threads", HealthStatus.down("the check failed: IllegalStateException")));
    }

    @Test
    void shouldRefuseTwoChecksOfOneName() {
        health.live("broker", () -> HealthStatus.up("answers"));

        assertThatThrownBy(() -> health.ready("broker", () -> HealthStatus.up("answers")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
