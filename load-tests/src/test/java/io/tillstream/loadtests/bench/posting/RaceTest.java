package io.tillstream.loadtests.bench.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RaceTest {
    private static final Path HERE = Path.of("..");

    @Test
    void shouldCountNoRunWhoseCheckIsNotExact() {
        PostingResult result = new PostingResult(options(20_000, 1, 20_000, 1, 0));
        ContenderResult found = new ContenderResult(Contenders.of("copy", HERE));

        Race.count("limit, copy", run(1, true), found, result);
        Race.count("limit, copy", run(2, false), found, result);

        assertThat(found.runs()).extracting(Run::eventsPerSecond).containsExactly(1.0);
        assertThat(result.failures()).containsExactly("limit, copy, check: one lost");
    }

    @Test
    void shouldNameTheOptionThatIsTooSmall() {
        assertRefused("--events: expected at least 20000, found 19999", 19_999, 1, 20_000, 1, 0);
        assertRefused("--runs: expected at least 1, found 0", 20_000, 0, 20_000, 1, 0);
        assertRefused("--limit-events: expected at least 20000, found 19999", 20_000, 1, 19_999, 1, 0);
        assertRefused("--limit-runs: expected at least 1, found 0", 20_000, 1, 20_000, 0, 0);
        assertRefused("--threads: expected at least 0, found -1", 20_000, 1, 20_000, 1, -1);
    }

    private static void assertRefused(
            String message, long events, int runs, long limitEvents, int limitRuns, int threads) {
        assertThatThrownBy(() -> options(events, runs, limitEvents, limitRuns, threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static PostingOptions options(long events, int runs, long limitEvents, int limitRuns, int threads) {
        return new PostingOptions(
                HERE,
                HERE,
                HERE,
                events,
                runs,
                limitEvents,
                limitRuns,
                List.of(),
                Set.of(),
                List.of(),
                200,
                1,
                threads,
                2_048,
                20,
                1,
                1,
                1,
                2_048,
                1,
                640,
                1);
    }

    private static Run run(double eventsPerSecond, boolean exact) {
        return new Run("1 thread", eventsPerSecond, 1, 1, 1, 1, 1, new CheckResult(exact, exact ? "" : "one lost"));
    }
}
