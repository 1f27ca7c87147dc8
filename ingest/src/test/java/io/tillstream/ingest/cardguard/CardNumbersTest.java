package io.tillstream.ingest.cardguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing here prints a number: a failure tells seed, round and disguise. */
class CardNumbersTest {
    private static final int ROUNDS = 4_000;
    private static final long SEED = 20_261_122;

    /** Ways in which people and programs write a number. */
    private enum Disguise {
        PLAIN((number, random) -> number),
        FOURS_WITH_SPACES((number, random) -> number.replaceAll("(.{4})(?=.)", "$1 ")),
        FOURS_WITH_DASHES((number, random) -> number.replaceAll("(.{4})(?=.)", "$1-")),
        FOURS_WITH_SPACED_DASHES((number, random) -> number.replaceAll("(.{4})(?=.)", "$1 - ")),
        FOURS_WITH_DOTS((number, random) -> number.replaceAll("(.{4})(?=.)", "$1.")),
        FOURS_WITH_LINE_FEEDS((number, random) -> number.replaceAll("(.{4})(?=.)", "$1\n")),
        DIGIT_BY_DIGIT((number, random) -> number.replaceAll("(.)(?=.)", "$1 ")),
        EN_DASHES((number, random) -> number.replaceAll("(.{4})(?=.)", "$1\u2013")),
        NO_BREAK_SPACES((number, random) -> number.replaceAll("(.{4})(?=.)", "$1\u00A0")),
        FULL_WIDTH_SPACES((number, random) -> number.replaceAll("(.{4})(?=.)", "$1\u3000")),
        ZERO_WIDTH((number, random) -> number.replaceAll("(.)(?=.)", "$1\u200B")),
        SOFT_HYPHENS((number, random) -> number.replaceAll("(.{4})(?=.)", "$1\u00AD")),
        BYTE_ORDER_MARKS((number, random) -> number.replaceAll("(.{2})(?=.)", "$1\uFEFF")),
        COMBINING_MARKS((number, random) -> number.replaceAll("(.)(?=.)", "$1\u20E3")),
        NUL_BETWEEN((number, random) -> number.replaceAll("(.)(?=.)", "$1\0")),
        RANDOM_SEPARATORS(CardNumbersTest::withRandomSeparators),
        FULL_WIDTH_DIGITS((number, random) -> shifted(number, 0xFF10)),
        ARABIC_INDIC_DIGITS((number, random) -> shifted(number, 0x0660)),
        DEVANAGARI_DIGITS((number, random) -> shifted(number, 0x0966)),
        MATHEMATICAL_DIGITS((number, random) -> shifted(number, 0x1D7CE)),
        CIRCLED_DIGITS((number, random) -> circled(number)),
        BETWEEN_LETTERS((number, random) -> "card" + number + "x"),
        IN_A_SENTENCE((number, random) -> "Please charge " + number + ", thank you"),
        WITH_EXPIRY_BEHIND((number, random) -> number + " 12/28"),
        WITH_EXPIRY_AND_CODE((number, random) -> number.replaceAll("(.{4})(?=.)", "$1 ") + " 12/28 123"),
        WITH_NUMBER_BEFORE((number, random) -> "12 " + number),
        TRACK_TWO((number, random) -> ";" + number + "=28121010000000000000?"),
        TRACK_ONE((number, random) -> "%B" + number + "^DOE/JANE^2812101?");

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final BiFunction<String, Random, String> write;

        Disguise(BiFunction<String, Random, String> write) {
            this.write = write;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindNumberWhenWrittenLikeThis(Disguise disguise) {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String text = disguise.write.apply(GeneratedCards.of(round, random), random);
            assertThat(CardNumbers.isIn(text, Reading.FREE_TEXT))
                    .as("seed %d round %d %s", SEED, round, disguise)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WITH_EXPIRY_BEHIND", "WITH_EXPIRY_AND_CODE", "WITH_NUMBER_BEFORE"})
    void shouldFindNumberInTypedFieldWhenWrittenLikeThis(Disguise disguise) {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String text = disguise.write.apply(GeneratedCards.of(round, random), random);
            assertThat(CardNumbers.isIn(text, Reading.TYPED))
                    .as("seed %d round %d %s", SEED, round, disguise)
                    .isTrue();
        }
    }

    @Test
    void shouldFindNumberWhenPaddedWithZerosOrFollowedByExpiryWithoutSpace() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String number = GeneratedCards.wellKnown();
            assertThat(CardNumbers.isIn("0".repeat(1 + random.nextInt(8)) + number, Reading.FREE_TEXT))
                    .isTrue();
            assertThat(CardNumbers.isIn(number + "12" + (26 + random.nextInt(9)), Reading.FREE_TEXT))
                    .isTrue();
            assertThat(CardNumbers.isIn(number + (26 + random.nextInt(9)) + "12101123", Reading.FREE_TEXT))
                    .isTrue();
        }
    }

    @Test
    void shouldLetNumberPassWhenCheckDigitIsWrong() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String number = GeneratedCards.of(round, random);
            int last = number.charAt(number.length() - 1) - '0';
            String wrong = number.substring(0, number.length() - 1) + (last + 1 + random.nextInt(9)) % 10;
            assertThat(CardNumbers.isIn(wrong, Reading.FREE_TEXT))
                    .as("seed %d round %d", SEED, round)
                    .isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "bill account of 8,            00123456",
        "bill account of 12,           400012345678",
        "bill account with letters,    UT-2024-00012345",
        "bill account in groups,       12-3456-7890-1",
        "IPv4,                         203.0.113.77",
        "longest IPv4,                 255.255.255.255",
        "time with offset,             2026-11-22T10:15:30.123456+05:00",
        "time with blank,              2026-11-22 10:15:30.123456",
        "compact time in ms,           20261122101530123",
        "epoch milliseconds,           1795342530123",
        "epoch microseconds,           1795342530123456",
        "epoch seconds with nanos,     1795342530.123456789",
        "telephone,                    +1 (405) 555-0123",
        "two telephones,               405-555-0123 / 918-555-0177",
        "ZIP+4 and house,              73102-1234 4100",
        "ISBN,                         978-3-16-148410-0",
        "IBAN,                         DE89 3704 0044 0532 0130 00",
        "UUID of zeros and one,        00000000-0000-4000-8000-000000000001",
        "largest long,                 9223372036854775807",
        "bin and last four,            411111 1111",
        "masked number,                411111******1111",
        "amount,                       1234567.89",
        "user agent,                   Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.6099.109 Safari/537.36",
        "licence of the sample data,   Restaurant; Class 1; Downtown; licence=24-148301",
        "empty,                        ''",
    })
    void shouldLetTextPassWhenItIsNoCardNumber(String what, String text) {
        assertThat(CardNumbers.isIn(text, Reading.FREE_TEXT)).as(what).isFalse();
        assertThat(CardNumbers.isIn(text, Reading.TYPED)).as(what).isFalse();
    }

    private static String withRandomSeparators(String number, Random random) {
        String separators = " -.\u2010\u2011\u2212\u202F\u200D_/";
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < number.length(); at++) {
            text.append(number.charAt(at));
            for (int i = random.nextInt(6) - 3; i > 0; i--) {
                text.append(separators.charAt(random.nextInt(separators.length())));
            }
        }
        return text.toString().strip();
    }

    private static String shifted(String number, int zero) {
        StringBuilder text = new StringBuilder();
        number.chars().forEach(digit -> text.appendCodePoint(zero + digit - '0'));
        return text.toString();
    }

    private static String circled(String number) {
        StringBuilder text = new StringBuilder();
        number.chars().forEach(digit -> text.appendCodePoint(digit == '0' ? 0x24EA : 0x2460 + digit - '1'));
        return text.toString();
    }
}
