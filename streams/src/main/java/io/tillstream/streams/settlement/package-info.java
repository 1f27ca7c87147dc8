/**
 * From one partition's totals to a tenant's settlement batch.
 *
 * <pre>
 * settlement.parts -> PartKeeper: keep the part -> all partitions there? -> add up -> settlement.batches
 * </pre>
 *
 * Posting sends one part per partition when it meets the close mark of a (tenant, business date). A batch is complete
 * when the parts of all partitions are there, in whatever order they came. Start reading at {@link
 * io.tillstream.streams.settlement.SettlementTopology}; the rules are in {@code BatchRules} and know no Kafka type.
 *
 * <p>It never guesses: no clock and no timeout completes a batch, a batch is written once and never again, and parts that
 * contradict each other stop the application. What waits is shown by {@link
 * io.tillstream.streams.settlement.WaitingBatches}.
 */
package io.tillstream.streams.settlement;
