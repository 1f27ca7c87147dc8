package io.tillstream.ingest.cardguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How often text that holds no card number is taken for one: the table in docs/adr about the card guard. The bounds are a third above
 * what was measured, so that a change of the rules that refuses more real input fails here.
 */
class FalseAlarmTest {
    private static final int ROUNDS = 100_000;
    private static final long SEED = 7;

    /** Input of a kind, and the most alarms per 100,000. */
    private enum Innocent {
        RANDOM_UUID(0, random -> new UUID(random.nextLong(), random.nextLong()).toString()),
        UUID_IN_A_KEY(0, random -> "order:" + new UUID(random.nextLong(), random.nextLong()) + ":1"),
        SHA_256(0, random -> hex(random, 64)),
        TRACE_ID(10, random -> hex(random, 32)),
        FINGERPRINT(10, random -> "fp_" + hex(random, 24)),
        ULID(0, random -> alphabet(random, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 26)),
        BASE64_TOKEN(
                0, random -> alphabet(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 43)),
        DIGITS_12(0, random -> digits(random, 12)),
        DIGITS_16(4_700, random -> digits(random, 16)),
        DIGITS_16_FROM_1(0, random -> "1" + digits(random, 15)),
        DIGITS_20(500, random -> digits(random, 20)),
        DIGITS_30(600, random -> digits(random, 30)),
        ACCOUNT_3_6_4_2(
                4_700,
                random -> digits(random, 3) + "-" + digits(random, 6) + "-" + digits(random, 4) + "-"
                        + digits(random, 2)),
        DATE_AND_SERIAL(10, random -> "2026-11-" + (10 + random.nextInt(20)) + "-" + digits(random, 6));

        private final int alarmsMax;

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final Function<Random, String> make;

        Innocent(int alarmsMax, Function<Random, String> make) {
            this.alarmsMax = alarmsMax;
            this.make = make;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSeldomTakeItForACardNumber(Innocent innocent) {
        Random random = new Random(SEED);
        int alarms = 0;
        for (int round = 0; round < ROUNDS; round++) {
            alarms += CardNumbers.isIn(innocent.make.apply(random), Reading.FREE_TEXT) ? 1 : 0;
        }
        assertThat(alarms).as("alarms of %d: %d", ROUNDS, alarms).isLessThanOrEqualTo(innocent.alarmsMax);
    }

    private static String hex(Random random, int length) {
        return alphabet(random, "0123456789abcdef", length);
    }

    private static String digits(Random random, int length) {
        return alphabet(random, "0123456789", length);
    }

    private static String alphabet(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
