package io.tillstream.ledgersink.reconciliation;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong.
 *
 * @param place partition, sequence and offset, or batch and line, or account
 */
public record Finding(Invariant invariant, String place, String expected, String found) {

    public Finding {
        requireNonNull(invariant, "invariant");
        requireNonNull(place, "place");
        requireNonNull(expected, "expected");
        requireNonNull(found, "found");
    }

    @Override
    public String toString() {
        return invariant + " broken at " + place + ": expected " + expected + ", found " + found;
    }
}
