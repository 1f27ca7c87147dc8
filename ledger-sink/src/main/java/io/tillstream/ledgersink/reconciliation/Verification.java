package io.tillstream.ledgersink.reconciliation;

import java.util.List;
import java.util.Map;

/**
 * What a check found.
 *
 * @param findings the first of each invariant, in the order in which they were met; empty when all hold
 * @param findingCounts how many of each invariant there are
 * @param journalEntries entries in the journal
 * @param databaseEntries rows of ledger.entry
 * @param unbalancedEntries entries whose postings do not add up to 0
 * @param accounts accounts with a balance, all partitions together
 * @param batches rows of settlement.batch
 * @param files rows of settlement.file
 */
public record Verification(
        List<Finding> findings,
        Map<Invariant, Long> findingCounts,
        long journalEntries,
        long databaseEntries,
        long unbalancedEntries,
        long accounts,
        long batches,
        long files) {

    public Verification {
        findings = List.copyOf(findings);
        findingCounts = Map.copyOf(findingCounts);
    }

    /** Whether I1, I3, I4, I5 and I6 hold. */
    public boolean holds() {
        return findings.isEmpty();
    }

    /** Whether one invariant holds. */
    public boolean holds(Invariant invariant) {
        return !findingCounts.containsKey(invariant);
    }
}
