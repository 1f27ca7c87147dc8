package io.tillstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.EntryKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    entries,                         refused, unreadable, outcomes
                    RECORDED,                        0,       0,          1
                    RECORDED PARKED,                 1,       1,          4
                    PARKED RECORDED RELEASED,        0,       0,          2
                    PARKED RECORDED RELEASE_REFUSED, 1,       0,          2
                    RELEASE_REFUSED,                 1,       0,          0
                    """)
    void shouldCountOneOutcomeForEachInput(String entries, long refused, long unreadable, long outcomes) {
        Figures figures = new Figures();
        for (String kind : entries.split(" ", -1)) {
            figures.entry(EntryKind.valueOf(kind));
        }
        figures.refusedEvents = refused;
        figures.unreadable = unreadable;

        assertThat(figures.outcomes()).isEqualTo(outcomes);
    }
}
