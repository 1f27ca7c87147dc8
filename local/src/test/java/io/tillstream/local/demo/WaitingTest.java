package io.tillstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final Waiting waiting = new Waiting();

    @AfterEach
    void close() {
        waiting.close();
    }

    @Test
    void shouldReturnWhenTheConditionHolds() {
        AtomicInteger looks = new AtomicInteger();
        waiting.until("three looks", Duration.ofSeconds(10), () -> looks.incrementAndGet() == 3, () -> "");
        assertThat(looks).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldSayWhatItWaitedForWhenItIsTooLate() {
        assertThatThrownBy(() -> waiting.until("rain", Duration.ofSeconds(1), () -> false, () -> "clouds 3 of 8"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Waited 1 s for rain; clouds 3 of 8");
    }

    @Test
    void shouldGiveItsSentenceToWhoGoesOn() {
        assertThat(waiting.tryUntil("rain", Duration.ofMillis(10), () -> false, () -> "clouds 3 of 8"))
                .contains("Waited 0 s for rain; clouds 3 of 8");
        assertThat(waiting.tryUntil("rain", Duration.ofSeconds(10), () -> true, () -> ""))
                .isEmpty();
    }

    @Test
    void shouldFailAtOnceWhenLookingFails() {
        IllegalArgumentException broken = new IllegalArgumentException("broken");
        assertThatThrownBy(() -> waiting.until(
                        "rain",
                        Duration.ofSeconds(30),
                        () -> {
                            throw broken;
                        },
                        () -> ""))
                .hasMessage("Failed while waiting for rain")
                .hasCause(broken);
    }
}
