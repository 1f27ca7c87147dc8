package io.tillstream.ledgersink.settlement.files;

import java.util.ArrayList;
import java.util.List;

/**
 * Totals that a validator counted in a file, for the file beside it: a line {@code name,value} each.
 *
 * @param total the one that is announced with the file, in minor units
 */
record ControlTotals(long total, List<String> lines) {

    ControlTotals {
        lines = List.copyOf(lines);
    }

    ControlTotals(long total) {
        this(total, List.of());
    }

    ControlTotals with(String name, long count) {
        return with(name, Long.toString(count));
    }

    /** @param value without comma, quote or line end: ids, counts and amounts have none */
    ControlTotals with(String name, String value) {
        if (!value.matches("[^,\"\\r\\n]*")) {
            throw new IllegalArgumentException(name + " would need quotes");
        }
        List<String> more = new ArrayList<>(lines);
        more.add(name + "," + value);
        return new ControlTotals(total, more);
    }

    String text() {
        return "name,value\n" + String.join("\n", lines) + "\n";
    }
}
