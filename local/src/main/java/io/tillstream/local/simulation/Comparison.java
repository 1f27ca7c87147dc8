package io.tillstream.local.simulation;

import java.util.List;
import java.util.Map;

/**
 * What the book says of what the ledger did.
 *
 * @param lost accepted events without the outcome that they must have
 * @param doubled events that were taken into the journal more than once
 * @param differences each difference in words, the first hundred; empty if all is right
 * @param movements by tenant and account: minor units, debit positive, that the balance must have moved by
 */
public record Comparison(long lost, long doubled, List<String> differences, Map<String, Map<String, Long>> movements) {
    public Comparison {
        differences = List.copyOf(differences);
        movements = Map.copyOf(movements);
    }
}
