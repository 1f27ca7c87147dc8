package io.tillstream.loadtests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A search that finds nothing proves something only if it can find. */
class ForbiddenTest {

    /** The last digit is computed, so that no card number stands here. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            TEXT BEFORE,     FIRST DIGITS,       TEXT AFTER
            '',              411111111111111,    ''
            'number=',       411111111111111,    ','
            'a',             411111111111111,    'z'
            '{"ref":"',      510000000000000,    '"}'
            '',              37000000000000,     ' at the end'
            '\u0000\u0010',  601100000000000,    '\u0002'
            '',              353011133330000,    '\n'
            """)
    void shouldFindACardNumberWherever(String before, String firstDigits, String after) {
        String text = before + withCheckDigit(firstDigits) + after;
        assertThat(Forbidden.in(text))
                .hasValueSatisfying(found -> assertThat(found).startsWith("a card number"));
    }

    @Test
    void shouldFindACardNumberInGroups() {
        String number = withCheckDigit("411111111111111");
        for (String separator : new String[] {" ", "-"}) {
            String grouped = String.join(
                    separator,
                    number.substring(0, 4),
                    number.substring(4, 8),
                    number.substring(8, 12),
                    number.substring(12));
            assertThat(Forbidden.in("card " + grouped)).isPresent();
        }
    }

    @Test
    void shouldFindAddressAndDevice() {
        assertThat(Forbidden.in("from 10.1.20.254, again")).contains("a payer's address");
        assertThat(Forbidden.in("{\"device\":\"device-abcdefghijkl\"}")).contains("a payer's device");
    }

    @Test
    void shouldNotRepeatWhatItFound() {
        String number = withCheckDigit("411111111111111");
        assertThat(Forbidden.in(number).orElseThrow()).doesNotContain(number.substring(0, 6), number.substring(12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "411111111111111", // no check digit
                "1795356000000", // an instant in milliseconds
                "e0902da7-218f-8071-ae6a-123d01831030",
                "00008353875202611220",
                "kafka 4.3.1, 110.1.20.30, 10.1.20",
                ""
            })
    void shouldPassOverWhatIsAllowed(String text) {
        assertThat(Forbidden.in(text)).isEmpty();
    }

    @Test
    void shouldPassOverAHashThatHoldsDigitsOnly() {
        String hash = "abcdef0" + withCheckDigit("411111111111111") + "abcdef012345";
        assertThat(hash.toLowerCase(Locale.ROOT)).hasSizeGreaterThan(31);
        assertThat(Forbidden.in("hash " + hash)).isEmpty();
    }

    @Test
    void shouldPassOverARandomDirectoryButNotItsNumber() {
        String number = withCheckDigit("448392104857203948");
        assertThat(Forbidden.in("/tmp/junit-" + number + "/data/pgdata-incomplete" + number + " ... ok"))
                .isEmpty();
        assertThat(Forbidden.in("junit-" + number)).isPresent();
        assertThat(Forbidden.in("/tmp/" + number)).isPresent();
    }

    private static String withCheckDigit(String firstDigits) {
        for (int digit = 0; digit < 10; digit++) {
            if (Forbidden.passesLuhn(firstDigits + digit)) {
                return firstDigits + digit;
            }
        }
        throw new IllegalStateException("One of ten digits fits");
    }
}
