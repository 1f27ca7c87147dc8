/**
 * Settlement files of one batch. A format ({@link io.tillstream.ledgersink.settlement.files.NachaCcd},
 * {@link io.tillstream.ledgersink.settlement.files.PaymentDetailCsv}) computes the file from the batch's rows and writes it
 * under a temporary name; a validator that only reads takes the bytes from the disk again, checks them by the standard's rules
 * and compares their totals with the batch; only then {@code AtomicFile} puts checksum, control totals and file under their
 * final names.
 *
 * <p>Never overwrites a file that was released, never changes what it reads, never repairs: what does not foot is refused with
 * the place and the rule. No clock is read: times come from the batch, so the same batch gives the same bytes. Account numbers
 * stand in files, never in messages.
 */
package io.tillstream.ledgersink.settlement.files;
