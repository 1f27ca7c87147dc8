package io.tillstream.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShowTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    MINOR, CURRENCY, TEXT
                    0, USD, 0.00
                    5, USD, 0.05
                    -5, USD, −0.05
                    123456, USD, '1,234.56'
                    -100000000, USD, '−1,000,000.00'
                    9223372036854775807, USD, '92,233,720,368,547,758.07'
                    1234, JPY, '1,234'
                    """, useHeadersInDisplayName = true)
    void shouldWriteMoneyWithThousandsMarked(long minor, String currency, String text) {
        assertThat(Show.money(minor, currency)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    PER_SECOND, TEXT
                    0, 0.0
                    9.94, 9.9
                    9.95, 10
                    12345.6, '12,346'
                    """, useHeadersInDisplayName = true)
    void shouldWriteRatesShort(double perSecond, String text) {
        assertThat(Show.rate(OptionalDouble.of(perSecond))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    CODE, WORDS
                    CONFLICTING_DUPLICATE, Conflicting duplicate
                    ECHECK, E-check
                    BIN, BIN
                    '', –
                    """, useHeadersInDisplayName = true)
    void shouldTurnCodesIntoWords(String code, String words) {
        assertThat(Show.words(code)).isEqualTo(words);
    }

    @Test
    void shouldNameTheDateWhenAMomentIsNotToday() {
        Instant now = Instant.parse("2026-11-22T18:00:00Z");

        assertThat(Show.moment(Instant.parse("2026-11-22T00:00:00Z"), now)).isEqualTo("00:00:00");
        assertThat(Show.moment(Instant.parse("2026-11-21T23:59:59Z"), now)).isEqualTo("2026-11-21 23:59:59");
        assertThat(Show.moment(null, now)).isEqualTo(Show.NOTHING);
    }

    @Test
    void shouldRoundTheScaleUpToANiceNumber() {
        assertThat(new long[] {
                    Chart.niceAbove(1),
                    Chart.niceAbove(1.1),
                    Chart.niceAbove(5),
                    Chart.niceAbove(5.5),
                    Chart.niceAbove(1234)
                })
                .containsExactly(1, 2, 5, 10, 2000);
    }
}
