package io.tillstream.ledgersink.settlement.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecordWriterTest {

    @Test
    void shouldFillTextWithBlanksAndNumbersWithZeros() {
        String record = new RecordWriter('6')
                .text(2, 6, "name", "abc")
                .number(7, 11, "amount", 42)
                .textRight(12, 15, "origin", "9")
                .blank(16, 94)
                .end();

        assertThat(record).hasSize(94).startsWith("6abc  00042   9 ");
    }

    @Test
    void shouldRefuseWhatDoesNotFitItsColumns() {
        assertThatThrownBy(() -> new RecordWriter('6').number(2, 3, "amount", 100))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage("amount (02-03) has 3 characters, 2 fit");
    }

    @Test
    void shouldRefuseANegativeNumberEvenWhenItFits() {
        assertThatThrownBy(() -> new RecordWriter('6').number(2, 11, "amount", -5))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage("amount (02-11) is negative");
    }

    @Test
    void shouldFailWhenColumnsAreLeftOutOrMissing() {
        assertThatThrownBy(() -> new RecordWriter('6').text(3, 4, "name", "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("name (03-04) does not follow column 1");
        assertThatThrownBy(() -> new RecordWriter('6').text(2, 93, "name", "x").end())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("record ends in column 93");
    }
}
