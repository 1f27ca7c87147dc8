package io.tillstream.loadtests.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PaddingTest {
    @Test
    void shouldAppendWithoutChangingTheValue() {
        byte[] value = {0, 0, 0, 0, 1, 42, 43, 44, 45, 46, 47, 48, 49};
        byte[] padded = new Padding(140).append(value);
        assertThat(padded).hasSize(value.length + 140).startsWith(value);
        assertThat(Arrays.equals(hash(padded), hash(new Padding(140).append(new byte[] {0, 0, 0, 0, 1, 7}))))
                .as("the last 32 bytes stand for a hash and differ from record to record")
                .isFalse();
    }

    private static byte[] hash(byte[] padded) {
        return Arrays.copyOfRange(padded, padded.length - 32, padded.length);
    }
}
