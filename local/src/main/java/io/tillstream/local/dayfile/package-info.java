/**
 * Day files: the CSV of a counter, a lockbox or a kiosk that was offline becomes payments at ingest.
 *
 * <p>{@link io.tillstream.local.dayfile.MappingFile} says which column means what, {@link
 * io.tillstream.local.dayfile.RowReader} makes of each row a payment, a row to skip or a row that can't be used, {@link
 * io.tillstream.local.dayfile.RowKeys} gives it an idempotency key that is the same when the file is imported again, and {@link
 * io.tillstream.local.dayfile.DayFileImport} posts in batches, tries again what was not taken yet, and writes a result file
 * that has one line for every row.
 *
 * <p>Never: a value made up for an empty one, a row passed over in silence, an amount rounded.
 */
package io.tillstream.local.dayfile;
