package io.tillstream.schemas.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read several bytes at a time is what would be read one by one. */
final class AvroBytesTest {
    private static final int HEADER = 5;
    private static final int TEXT_MAX = 200;
    private static final byte[] SYMBOLS = {1, 0, 63, 2, 0, 1, 5}; // indexes, the largest allowed
    private static final long LIMITS = 0x05_01_00_02_3F_00_01L;

    private final AvroBytes cursor = new AvroBytes();

    @Test
    void shouldReadNumbersOfEachLengthInTheMiddleAndAtTheEnd() {
        for (long value : numbers()) {
            for (int behind = 0; behind < 9; behind++) {
                AvroOutput out = new AvroOutput();
                out.begin(1);
                out.writeLong(value);
                int end = out.toBytes().length;
                out.copy(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1}, 0, behind);
                cursor.wrap(out.toBytes(), HEADER, end + behind);

                assertThat(cursor.readLong()).isEqualTo(value);
                assertThat(cursor.at()).isEqualTo(end);
            }
        }
    }

    @Test
    void shouldReadIndexesSideBySide() {
        cursor.wrap(symbols(SYMBOLS, 1), 0, SYMBOLS.length + 1);

        long indexes = cursor.readEnums(SYMBOLS.length, LIMITS);

        assertThat(cursor.at()).isEqualTo(SYMBOLS.length);
        for (int i = 0; i < SYMBOLS.length; i++) {
            assertThat((indexes >>> (Byte.SIZE * i)) & 0xFF).isEqualTo(SYMBOLS[i]);
        }
    }

    @Test
    void shouldLeaveIndexesThatAreNotAllSmallToBeReadOneByOne() {
        for (int i = 0; i < SYMBOLS.length; i++) {
            byte[] tooLarge = symbols(SYMBOLS, 1);
            tooLarge[i] = (byte) (tooLarge[i] + 2);
            byte[] negative = symbols(SYMBOLS, 1);
            negative[i] = 1;
            byte[] goesOn = symbols(SYMBOLS, 1);
            goesOn[i] = (byte) (goesOn[i] | 0x80);
            for (byte[] value : List.of(tooLarge, negative, goesOn)) {
                cursor.wrap(value, 0, value.length);
                assertThat(cursor.readEnums(SYMBOLS.length, LIMITS)).isEqualTo(-1);
                assertThat(cursor.at()).isZero();
            }
        }
        cursor.wrap(symbols(SYMBOLS, 1), 0, SYMBOLS.length); // eight bytes are read at once
        assertThat(cursor.readEnums(SYMBOLS.length, LIMITS)).isEqualTo(-1);
    }

    /** All bytes of texts are counted, and no others: else bytes that are not plain could make up for those that are missed. */
    @Test
    void shouldTellPlainTextsFromOthers() {
        List<Integer> textBytes = new ArrayList<>();
        byte[] value = record(textBytes);

        assertThat(isPlain(value)).isTrue();
        for (int at : textBytes) {
            for (byte other : new byte[] {0, (byte) 0x80, (byte) 0xFF}) {
                byte was = value[at];
                value[at] = other;
                assertThat(isPlain(value)).isFalse();
                value[at] = was;
            }
        }
    }

    private static byte[] record(List<Integer> textBytes) {
        AvroOutput out = new AvroOutput();
        out.begin(1);
        out.copy(symbols(SYMBOLS, 0), 0, SYMBOLS.length);
        numbers().forEach(out::writeLong);
        for (int length : new int[] {0, 1, 7, 63, 64, TEXT_MAX}) {
            int from = out.string("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
            for (int at = from; at < from + length; at++) {
                textBytes.add(at);
            }
        }
        return out.toBytes();
    }

    private boolean isPlain(byte[] value) {
        cursor.wrapUnchecked(value, HEADER, value.length);
        assertThat(cursor.readEnums(SYMBOLS.length, LIMITS)).isNotNegative();
        numbers().forEach(number -> assertThat(cursor.readLong()).isEqualTo(number));
        cursor.string(TEXT_MAX, "a");
        cursor.strings(TEXT_MAX, new String[] {"b", "c", "d", "e", "f"});
        assertThat(cursor.isAtEnd()).isTrue();
        return cursor.isPlainText(HEADER);
    }

    private static List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        for (int bits = 0; bits < Long.SIZE; bits++) {
            long power = 1L << bits;
            numbers.addAll(List.of(power, power - 1, -power, ~power));
        }
        return numbers;
    }

    private static byte[] symbols(byte[] indexes, int behind) {
        byte[] written = new byte[indexes.length + behind];
        for (int i = 0; i < indexes.length; i++) {
            written[i] = (byte) (2 * indexes[i]);
        }
        return written;
    }
}
