package io.tillstream.ledgersink.reconciliation;

import java.util.Comparator;

/** What a settlement line is about. */
record LineKey(String through, String tender, String account) implements Comparable<LineKey> {
    private static final Comparator<LineKey> ORDER = Comparator.comparing(LineKey::through)
            .thenComparing(LineKey::tender)
            .thenComparing(LineKey::account);

    @Override
    public int compareTo(LineKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return through + " " + tender + " " + account;
    }
}
