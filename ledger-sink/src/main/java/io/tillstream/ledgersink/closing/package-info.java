/**
 * Closing business dates. {@link io.tillstream.ledgersink.closing.CloseTimes} says when a date closes and which date is next; {@code
 * OpenDates} knows which date a tenant has open, from the journal's marks and the closer's own decisions; {@link
 * io.tillstream.ledgersink.closing.DayCloser} decides, writes the decision down and puts the mark into every partition of
 * payments.events in one Kafka transaction ({@code CloseMarks}).
 *
 * <p>A date is never skipped: after a standstill each missed date closes by itself, in order. Closing a date a second time changes
 * nothing: the table refuses it, and where a crash lets it through, posting does. The clock is an argument.
 */
package io.tillstream.ledgersink.closing;
