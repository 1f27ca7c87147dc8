package io.tillstream.ledgersink.settlement.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingNumberTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            number     | valid | why
            021000021  | true  | sum 9 and check digit 1
            091000019  | true  | sum 31 and check digit 9
            123456780  | true  | sum 150 needs 0
            000000000  | true  | the rule alone takes it
            021000022  | false | check digit one too high
            201000021  | false | first digits transposed
            02100002   | false | eight digits
            0210000210 | false | ten digits
            02100002A  | false | a letter
            ٠٢١٠٠٠٠٢١  | false | digits of another script
            """)
    void shouldJudgeTheCheckDigit(String number, boolean valid, String why) {
        assertThat(RoutingNumber.isValid(number)).as(why).isEqualTo(valid);
    }
}
