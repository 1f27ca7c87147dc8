package io.tillstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MoneyTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            text                  | currency | minorUnits           | formatted
            12.34                 | USD      | 1234                 | 12.34
            12                    | USD      | 1200                 | 12.00
            12.3                  | USD      | 1230                 | 12.30
            12.340                | USD      | 1234                 | 12.34
            0.05                  | USD      | 5                    | 0.05
            -0.05                 | USD      | -5                   | -0.05
            ' 7.00 '              | USD      | 700                  | 7.00
            1E2                   | USD      | 10000                | 100.00
            500                   | JPY      | 500                  | 500
            1.234                 | BHD      | 1234                 | 1.234
            92233720368547758.07  | USD      | 9223372036854775807  | 92233720368547758.07
            -92233720368547758.08 | USD      | -9223372036854775808 | -92233720368547758.08
            """, delimiter = '|')
    void shouldReadAndWriteDecimals(String text, String currency, long minorUnits, String formatted) {
        assertThat(Money.parse(text, currency)).isEqualTo(minorUnits);
        assertThat(Money.format(minorUnits, currency)).isEqualTo(formatted);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            text                 | currency | error
            12.345               | USD      | ArithmeticException
            0.5                  | JPY      | ArithmeticException
            92233720368547758.08 | USD      | ArithmeticException
            ''                   | USD      | NumberFormatException
            1,234.00             | USD      | NumberFormatException
            $5                   | USD      | NumberFormatException
            NaN                  | USD      | NumberFormatException
            5                    | usd      | IllegalArgumentException
            5                    | XXX      | IllegalArgumentException
            """, delimiter = '|')
    void shouldNeverRoundOrGuess(String text, String currency, String error) {
        assertThatThrownBy(() -> Money.parse(text, currency))
                .extracting(e -> e.getClass().getSimpleName())
                .isEqualTo(error);
    }
}
