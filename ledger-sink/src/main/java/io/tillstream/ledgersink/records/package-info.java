/**
 * The topics beside the journal into their tables, record by record: refusals, quarantine, anomalies, batches, tenants. One {@link
 * io.tillstream.ledgersink.records.RecordsIntake} reads them all; each topic has a {@link
 * io.tillstream.ledgersink.records.RecordTable}.
 *
 * <p>These records come from Tillstream itself: one that can't be read is a broken invariant and stops the intake. Keys are the
 * record's place in its topic, so a record that came twice stops it too.
 */
package io.tillstream.ledgersink.records;
