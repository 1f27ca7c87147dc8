/**
 * From the journal to PostgreSQL and to settlement files. {@link io.tillstream.ledgersink.LedgerSink} is the table of contents: the
 * journal's loops ({@code intake}, {@code journal}), the loop of the topics beside it ({@code records}), the closer ({@code
 * closing}), and settlement ({@code settlement}). {@link io.tillstream.ledgersink.LedgerCommands} holds what operators ask for:
 * a close, and the offline check ({@code reconciliation}).
 *
 * <p>It decides nothing about money: what the journal says is stored as it is, and what settlement says is released only when the
 * stored rows say the same.
 */
package io.tillstream.ledgersink;
