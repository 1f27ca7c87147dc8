/**
 * The offline check: {@link io.tillstream.ledgersink.reconciliation.Verify} reads the whole journal and the whole database and says
 * whether I1, I3, I4, I5 and I6 hold, and where the first thing is wrong.
 *
 * <p>{@code JournalPartition} hands over the records, {@code EntryFacts} decodes them with the writer's schema alone, {@code
 * PartitionAudit} walks them beside the rows ({@code StoredRows}), {@code Fold} adds up what must follow, and {@code
 * BalanceAudit} and {@code BatchAudit} hold that against the database.
 *
 * <p>It shares no rule with posting and no code with the sink's way in: a mistake there must show here. It only reads.
 */
package io.tillstream.ledgersink.reconciliation;
