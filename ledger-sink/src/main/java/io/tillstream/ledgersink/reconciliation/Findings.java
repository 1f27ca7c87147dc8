package io.tillstream.ledgersink.reconciliation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps the first findings of each invariant and counts the rest: one lost row can make millions of them. */
final class Findings {
    private static final int KEPT_MAX = 20;

    private final Map<Invariant, List<Finding>> kept = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Long> counts = new EnumMap<>(Invariant.class);

    void add(Invariant invariant, String place, Object expected, Object found) {
        List<Finding> ofInvariant = kept.computeIfAbsent(invariant, first -> new ArrayList<>());
        if (ofInvariant.size() < KEPT_MAX) {
            ofInvariant.add(new Finding(invariant, place, String.valueOf(expected), String.valueOf(found)));
        }
        counts.merge(invariant, 1L, Long::sum);
    }

    List<Finding> kept() {
        return kept.values().stream().flatMap(List::stream).toList();
    }

    Map<Invariant, Long> counts() {
        return Map.copyOf(counts);
    }
}
