package io.tillstream.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LagTest {
    @Test
    void shouldAddUpPartitionsAndNameTheWorst() {
        assertThat(Lag.between(Map.of(0, 90L, 1, 40L), Map.of(0, 100L, 1, 45L))).isEqualTo(new Lag(15, 10, 2));
    }

    @Test
    void shouldCountFromTheStartWhenAPartitionHasNoPosition() {
        assertThat(Lag.between(Map.of(), Map.of(0, 7L))).isEqualTo(new Lag(7, 7, 1));
    }

    @Test
    void shouldNotTakeAMarkerForALag() {
        assertThat(Lag.between(Map.of(0, 99L, 1, 45L), Map.of(0, 100L, 1, 45L))).isEqualTo(new Lag(0, 0, 2));
    }
}
