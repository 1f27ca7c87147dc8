/**
 * From a closed business date to released files. {@code BatchVerifier} compares each SettlementBatch with the database rows of
 * the batch, {@code FileRelease} hands the rows to every {@link io.tillstream.ledgersink.settlement.SettlementFormat},
 * records what was written and announces it on the topic settlement.files.
 *
 * <p>Never releases a file of a batch that the database does not agree with, never rewrites a batch, never takes totals for a
 * file from the topic: files are made from rows.
 */
package io.tillstream.ledgersink.settlement;
