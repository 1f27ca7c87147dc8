package io.tillstream.ledgersink.settlement.files;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class NachaValidatorTest {

    private static final Path NACHA = Path.of("src/test/resources/settlement/nacha");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credit-and-debit.ach",
                "day-without-payments.ach",
                "savings-crlf.ach",
                "two-batches-and-a-hash-of-eleven-digits.ach"
            })
    void shouldFindNothingWhenTheFileKeepsTheStandard(String name) throws IOException {
        assertThat(NachaValidator.validate(Files.readAllBytes(NACHA.resolve(name))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "/settlement/nacha/invalid/faults.txt",
            delimiter = '|',
            quoteCharacter = '"',
            useHeadersInDisplayName = true)
    void shouldNameLineColumnsAndRuleWhenTheFileBreaksTheStandard(String name, String faults) throws IOException {
        byte[] file = Files.readAllBytes(NACHA.resolve("invalid").resolve(name + ".ach"));
        byte[] before = file.clone();

        String found =
                NachaValidator.validate(file).stream().map(NachaFault::toString).collect(joining("; "));

        assertThat(found).isEqualTo(faults);
        assertThat(file).as("a validator only reads").isEqualTo(before);
    }

    @Test
    void shouldHaveARowForEveryInvalidFile() throws IOException {
        String table = Files.readString(NACHA.resolve("invalid/faults.txt"));

        try (Stream<Path> files = Files.list(NACHA.resolve("invalid"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".ach")))
                    .allSatisfy(name -> assertThat(table).contains(name.replace(".ach", "") + " "));
        }
    }

    /** Lines 3 and 5 are entries, of which the amount is changed; 7 and 8 are the control records up to their reserved columns. */
    @Test
    void shouldFindADigitThatIsChangedAnywhereInAnAmountOrControl() throws IOException {
        String valid = Files.readString(NACHA.resolve("credit-and-debit.ach"), StandardCharsets.US_ASCII);

        for (int line : new int[] {2, 4, 6, 7}) {
            int from = line < 6 ? 30 : 2;
            int to = line < 6 ? 39 : line == 6 ? 54 : 55;
            for (int column = from; column <= to; column++) {
                int at = line * 95 + column - 1;
                char changed = valid.charAt(at) == '9' ? '0' : (char) (valid.charAt(at) + 1);
                String file = valid.substring(0, at) + changed + valid.substring(at + 1);
                assertThat(NachaValidator.validate(file.getBytes(StandardCharsets.US_ASCII)))
                        .as("line %d, column %d", line + 1, column)
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldAnswerWithFaultsAndNeverFailWhenBytesAreBroken(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] valid = Files.readAllBytes(NACHA.resolve("credit-and-debit.ach"));
        for (int run = 0; run < 500; run++) {
            byte[] file = valid.clone();
            for (int hits = random.nextInt(1, 6); hits > 0; hits--) {
                // Mostly characters that records are made of, so that the later stages are reached.
                file[random.nextInt(file.length)] = (byte) "0123456789 A\n\u0000".charAt(random.nextInt(14));
            }
            assertThat(NachaValidator.validate(file))
                    .as("seed %d, run %d", seed, run)
                    .isNotNull();
        }
    }
}
