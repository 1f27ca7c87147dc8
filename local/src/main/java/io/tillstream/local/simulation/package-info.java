/**
 * Ten cities' payers, and a book of what they did that owes nothing to the ledger's code.
 *
 * <p>{@link io.tillstream.local.simulation.Stories} draws from a seed what happens to each payment: a story of requests, each
 * with the answers and the outcome that the rules of DOMAIN section 3 ask for. {@link io.tillstream.local.simulation.Traffic}
 * sends the stories over HTTP, {@link io.tillstream.local.simulation.ForeignClient} writes records past ingest that no reader
 * can like, and {@link io.tillstream.local.simulation.Book} notes what was accepted. At the end the book is compared with what
 * the ledger did: every event has the outcome that it must have, once, and every balance has moved by the expected cents.
 *
 * <p>Never: an expectation computed with the code that it checks; a card number (the one that must be refused is made at run
 * time and kept nowhere).
 */
package io.tillstream.local.simulation;
