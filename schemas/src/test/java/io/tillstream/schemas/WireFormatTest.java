package io.tillstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WireFormatTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            value        | schemaId
            0000000000   | 0
            0000000001   | 1
            0000000001FF | 1
            0000012345   | 74565
            007FFFFFFF   | 2147483647
            00FFFFFFFF   | -1
            """, delimiter = '|')
    void shouldReadAndWriteTheHeader(String value, int schemaId) {
        byte[] bytes = HexFormat.of().parseHex(value);
        assertThat(WireFormat.schemaId(bytes)).isEqualTo(schemaId);
        byte[] written = bytes.clone();
        java.util.Arrays.fill(written, 0, 5, (byte) 0x55);
        WireFormat.writeHeader(written, schemaId);
        assertThat(written).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            value        | reason
                         | NULL_VALUE
            ''           | TOO_SHORT
            00           | TOO_SHORT
            00000000     | TOO_SHORT
            0100000001   | WRONG_MAGIC
            FF00000001   | WRONG_MAGIC
            7B226122     | TOO_SHORT
            7B2261223A31 | WRONG_MAGIC
            """, delimiter = '|')
    void shouldRefuseWhatHasNoHeader(String value, QuarantineReason reason) {
        byte[] bytes = value == null ? null : HexFormat.of().parseHex(value);
        assertThatThrownBy(() -> WireFormat.schemaId(bytes))
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
