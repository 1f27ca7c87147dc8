package io.tillstream.ledgersink.reconciliation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps the first findings of each invariant and counts the rest: one lost row can make millions of them. */
final class Findings {
    private static final long KEPT_MAX = 20;

    private final List<Finding> kept = new ArrayList<>();
    private final Map<Invariant, Long> counts = new EnumMap<>(Invariant.class);

    void add(Invariant invariant, String place, Object expected, Object found) {
        if (counts.merge(invariant, 1L, Long::sum) <= KEPT_MAX) {
            kept.add(new Finding(invariant, place, String.valueOf(expected), String.valueOf(found)));
        }
    }

    /** In the order in which they were met. */
    List<Finding> kept() {
        return List.copyOf(kept);
    }

    Map<Invariant, Long> counts() {
        return Map.copyOf(counts);
    }
}
