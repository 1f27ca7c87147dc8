/**
 * The journal into the ledger's tables. {@link io.tillstream.ledgersink.journal.JournalIntake} checks that each entry follows the
 * one before it (sequence without gap, hash chain unbroken, partition its own) and that its postings add up to 0; {@code
 * EntryRows} turns the entry's Avro bytes into COPY rows without making objects of them; {@code BalanceChanges} adds up what the
 * poll means for each account; {@code OpenDays} follows the marks.
 *
 * <p>Never repairs, skips or reorders an entry: what does not follow stops the sink, with partition, sequence and offset. Other
 * versions of the schema are resolved by Avro before, and then go the same way.
 */
package io.tillstream.ledgersink.journal;
