package io.tillstream.streams.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.tillstream.runtime.Settings;
import io.tillstream.streams.detection.Threshold.Tally;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DetectionRulesTest {
    @Test
    void shouldHaveDefaults() {
        assertThat(DetectionRules.defaults())
                .isEqualTo(new DetectionRules(
                        Duration.ofMinutes(10),
                        Duration.ofHours(2),
                        64,
                        500,
                        List.of(
                                "6 in 20s at 66% with 40% refused on 4 cards beside at most 7 others",
                                "10 in 30s at 50% with 40% refused on 4 cards beside at most 7 others",
                                "9 in 10m at 85% with 70% refused on 7 cards beside at most 10 others",
                                "12 in 10m at 80% with 65% refused on 9 cards",
                                "20 in 10m at 65% with 55% refused on 12 cards"),
                        List.of("12 in 10m at 75% on 8 cards", "15 in 10m at 60% on 8 cards")));
    }

    @Test
    void shouldTakeEveryValueFromTheFile() {
        String file = """
                window = 5m
                lateness = 1h
                attempts.kept.max = 32
                small.amount.below = 200
                source.thresholds = ["9 in 1m at 70% on 4 cards"]
                bin.thresholds = ["30 in 5m at 50% on 20 cards", "10 in 10s at 90% on 10 cards"]
                """;
        assertThat(Settings.load(DetectionRules.class, ConfigFactory.parseString(file)))
                .isEqualTo(new DetectionRules(
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        32,
                        200,
                        List.of("9 in 1m at 70% on 4 cards"),
                        List.of("30 in 5m at 50% on 20 cards", "10 in 10s at 90% on 10 cards")));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            threshold                     | problem
            8 in 15s                      | "8 in 15s" is not like "12 in 10m at 75% on 8 cards"
            1 in 15s at 60% on 1 cards    | 1 attempts on 1 cards: 2 attempts at least, and no more cards than attempts
            8 in 15s at 60% on 9 cards    | 8 attempts on 9 cards: 2 attempts at least, and no more cards than attempts
            8 in 15s at 101% on 5 cards   | 101% is not between 1% and 100%
            8 in 15s at 0% on 5 cards     | 0% is not between 1% and 100%
            8 in 15s at 60% with 101% refused on 5 cards | 101% refused is not between 0% and 100%
            8 in 0s at 60% on 5 cards     | within PT0S is not positive
            8 in 11m at 60% on 5 cards    | "8 in 11m at 60% on 5 cards" spans more than the window PT10M
            65 in 10m at 60% on 5 cards   | "65 in 10m at 60% on 5 cards" wants more attempts than are kept, 64
            """)
    void shouldRefuseAThresholdThatCannotBeReached(String threshold, String problem) {
        DetectionRules defaults = DetectionRules.defaults();
        assertThatThrownBy(() -> new DetectionRules(
                        defaults.window(), defaults.lateness(), 64, 500, List.of(threshold), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8 in 15s at 60% on 5 cards",
                "8 in 10m at 85% on 5 cards",
                "100 in 2h at 5% with 1% refused on 90 cards beside at most 0 others"
            })
    void shouldWriteAThresholdAsItWasRead(String text) {
        assertThat(Threshold.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            attempts, suspects, refused, cards, others, met
            8,        5,        2,       5,     7,      true
            8,        5,        2,       5,     8,      false
            7,        7,        7,       7,     0,      false
            8,        4,        4,       4,     0,      false
            8,        8,        1,       8,     0,      false
            10,       6,        2,       5,     0,      true
            10,       5,        5,       5,     0,      false
            9,        5,        5,       5,     0,      false
            8,        8,        8,       4,     0,      false
            """)
    void shouldKnowWhenAThresholdIsReached(
            int attempts, int suspects, int refused, int cards, int others, boolean met) {
        assertThat(Threshold.parse("8 in 15s at 60% with 20% refused on 5 cards beside at most 7 others")
                        .isMetBy(new Tally(attempts, suspects, refused, cards, others)))
                .isEqualTo(met);
    }
}
