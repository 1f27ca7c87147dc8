package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ColdFilterTest {
    private static final int ASKED = 1_000_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 10_000, 1_000_000})
    void shouldKnowEveryIdAndFewOthers(int ids) {
        ColdFilter filter = new ColdFilter(ids);
        SplittableRandom random = new SplittableRandom(ids);
        long[] added = random.longs(2L * ids).toArray();
        for (int i = 0; i < ids; i++) {
            filter.add(IdIndex.hash(added[2 * i], added[2 * i + 1]));
        }
        for (int i = 0; i < ids; i++) {
            assertThat(filter.mayHold(IdIndex.hash(added[2 * i], added[2 * i + 1])))
                    .isTrue();
        }
        int wrong = 0;
        for (int i = 0; i < ASKED; i++) {
            wrong += filter.mayHold(IdIndex.hash(random.nextLong(), random.nextLong())) ? 1 : 0;
        }
        assertThat(wrong).isLessThan(ASKED / 100);
        assertThat(filter.bytes()).isLessThanOrEqualTo(2L * ids + (64 << 10));
    }
}
