package io.tillstream.loadtests.bench.posting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenLoopTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            sent,    perSecond, due
            0,       100000,    5000
            150,     100000,    5001
            3000000, 100000,    35000
            """)
    void shouldMakeEachEventDueByTheRateAlone(long sent, double perSecond, long due) {
        assertThat(OpenLoop.dueMs(5_000, sent, perSecond)).isEqualTo(due);
    }
}
