package io.tillstream.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RateSeriesTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private final RateSeries series = new RateSeries(Duration.ofSeconds(60));

    @Test
    void shouldKnowNoRateWhenThereIsOneReading() {
        series.read(START, 1_000);

        assertThat(series.perSecond(START)).isEmpty();
    }

    @Test
    void shouldTakeTheRateOverThreeSeconds() {
        long[] counts = {0, 300, 300, 300, 900, 900};
        for (int second = 0; second < counts.length; second++) {
            series.read(START.plusSeconds(second), counts[second]);
        }

        assertThat(series.perSecond(START)).hasValue(200);
        assertThat(series.points()).hasSize(5);
    }

    @Test
    void shouldBeginAnewWhenTheCounterGoesBack() {
        series.read(START, 5_000);
        series.read(START.plusSeconds(1), 6_000);
        series.read(START.plusSeconds(2), 10);
        series.read(START.plusSeconds(3), 60);

        assertThat(series.perSecond(START)).hasValue(50);
        assertThat(series.points()).allMatch(point -> point.perSecond() >= 0);
    }

    @Test
    void shouldForgetWhatIsOld() {
        for (int second = 0; second < 200; second++) {
            series.read(START.plusSeconds(second), second * 10L);
        }

        assertThat(series.points()).hasSize(61).allMatch(point -> point.perSecond() == 10);
        assertThat(series.perSecond(START.plusSeconds(300)))
                .as("nothing that young")
                .isEmpty();
    }
}
