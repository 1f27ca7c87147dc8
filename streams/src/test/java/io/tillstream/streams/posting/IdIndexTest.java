package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdIndexTest {
    private static final long KIND = 1;

    private record Id(int tenant, long high, long low) {}

    private final List<Id> ids = new ArrayList<>();
    private final IdIndex index = new IdIndex(new IdIndex.IdsOfRows() {
        @Override
        public long idHigh(int row) {
            return ids.get(row).high();
        }

        @Override
        public long idLow(int row) {
            return ids.get(row).low();
        }

        @Override
        public boolean matches(int row, int tenant, long kind) {
            return ids.get(row).tenant() == tenant && kind == KIND;
        }
    });

    @Test
    void shouldDoAsAMapDoes() {
        Random random = new Random(1);
        Map<Id, Integer> map = new HashMap<>();
        for (int i = 0; i < 300_000; i++) {
            Id id = new Id(random.nextInt(3), random.nextInt(300), random.nextInt(300));
            if (find(id) != map.getOrDefault(id, IdIndex.NONE)) {
                throw new AssertionError("After " + i + " steps: " + id);
            }
            if (map.containsKey(id) && random.nextInt(3) > 0) {
                index.remove(id.high(), id.low(), map.remove(id));
            } else if (!map.containsKey(id)) {
                map.put(id, add(id));
            }
        }
        map.forEach((id, row) -> assertThat(find(id)).isEqualTo(row));
    }

    @Test
    void shouldKeepTheSameIdOfTwoCitiesApart() {
        int one = add(new Id(1, 7, 8));
        int other = add(new Id(2, 7, 8));
        assertThat(index.find(1, 7, 8, KIND)).isEqualTo(one);
        assertThat(index.find(2, 7, 8, KIND)).isEqualTo(other);
        assertThat(index.find(3, 7, 8, KIND)).isEqualTo(IdIndex.NONE);
        assertThat(index.find(1, 7, 8, KIND + 1)).isEqualTo(IdIndex.NONE);
        index.remove(7, 8, one);
        assertThat(index.find(1, 7, 8, KIND)).isEqualTo(IdIndex.NONE);
        assertThat(index.find(2, 7, 8, KIND)).isEqualTo(other);
    }

    @Test
    void shouldNotRemoveAnIdThatPointsToALaterRow() {
        int row = add(new Id(1, 7, 8));
        index.remove(7, 8, row + 1);
        assertThat(index.find(1, 7, 8, KIND)).isEqualTo(row);
    }

    /** As many ids leave as come: the index must not grow for ever. */
    @Test
    void shouldStayAsLargeAsWhatItHolds() {
        Random random = new Random(2);
        ArrayDeque<Integer> held = new ArrayDeque<>();
        for (int i = 0; i < 60_000; i++) {
            held.add(add(new Id(1, random.nextLong(), random.nextLong())));
        }
        long bytes = index.bytes();
        for (int i = 0; i < 1_000_000; i++) {
            int row = held.remove();
            index.remove(ids.get(row).high(), ids.get(row).low(), row);
            held.add(add(new Id(1, random.nextLong(), random.nextLong())));
        }
        assertThat(index.bytes()).isLessThanOrEqualTo(2 * bytes);
        assertThat(held).allMatch(row -> find(ids.get(row)) == row);
    }

    private int add(Id id) {
        ids.add(id);
        index.add(id.high(), id.low(), ids.size() - 1);
        return ids.size() - 1;
    }

    private int find(Id id) {
        return index.find(id.tenant(), id.high(), id.low(), KIND);
    }
}
