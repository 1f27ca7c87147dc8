package io.tillstream.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @Test
    void shouldReadTheUsualFormLikeTheGeneralParser() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            long seconds = random.nextLong(-5_000_000_000L, 20_000_000_000L);
            String text = Instant.ofEpochSecond(seconds).toString();
            Instant expected = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
            assertThat(Times.parse(text)).as(text).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:15:30.5Z,         2026-11-22T10:15:30.500Z",
        "2026-11-22T10:15:30-06:00,      2026-11-22T16:15:30Z",
        "2026-11-22T10:15:30.123456789Z, 2026-11-22T10:15:30.123456789Z",
        "2024-02-29T23:59:59Z,           2024-02-29T23:59:59Z",
        "1969-12-31T23:59:59Z,           1969-12-31T23:59:59Z",
        "2026-11-22T10:15+01:00,         2026-11-22T09:15:00Z",
    })
    void shouldReadWhatIso8601Allows(String text, Instant time) {
        assertThat(Times.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T10:15:30Z",
                "2026-13-01T10:15:30Z",
                "2026-00-10T10:15:30Z",
                "2026-11-22T24:00:01Z",
                "2026-11-22T10:60:30Z",
                "2026-11-22T10:15:61Z",
                "2026-11-22 10:15:30Z",
                "2026-11-22T10:15:3xZ",
                "2026/11/22T10:15:30Z",
                "-026-11-22T10:15:30Z",
                "20261122T10153000000Z",
                "aaaaaaaaaaaaaaaaaaaa",
                "",
            })
    void shouldRefuseWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
