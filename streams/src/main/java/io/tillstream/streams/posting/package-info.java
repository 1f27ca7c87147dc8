/**
 * Posting, the hot path: payments.events in, one journal entry out for each accepted event.
 *
 * <p>The flow: {@link io.tillstream.streams.posting.PostingTopology} (table of contents) wires {@link
 * io.tillstream.streams.posting.PostingProcessor}, which reads the event's bytes, asks {@link
 * io.tillstream.streams.posting.Decider}, writes the entry, lets {@link io.tillstream.streams.posting.Ledger} apply it, and
 * forwards it to the journal topic. That topic is also the changelog of the store, so restoring applies the same entries with the
 * same code.
 *
 * <p>Only {@code Ledger.apply} changes state. Nothing here reads a clock, a random number or a setting while it decides; state is a
 * function of the journal alone. It never writes to a database and never changes an entry that has been written.
 */
package io.tillstream.streams.posting;
