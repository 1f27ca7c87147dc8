package io.tillstream.ledgersink.reconciliation;

/** The invariants that are checked offline. */
public enum Invariant {
    /** Debits = credits, per entry, tenant and currency. */
    I1,
    /** Balances = fold of the journal: database and brought-forward entries agree. */
    I3,
    /** Database rows = committed journal: count, sums, chain heads. */
    I4,
    /** Settlement totals = the entries of the batch; each entry is in exactly one batch. */
    I5,
    /** Sequence gapless and hash chain intact, per partition. */
    I6
}
