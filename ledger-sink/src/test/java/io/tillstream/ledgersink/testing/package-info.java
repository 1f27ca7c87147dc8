/**
 * What the tests of this module share: a broker and a PostgreSQL for the whole run ({@code LedgerCluster}), a registry by hand, and
 * {@code JournalScript}, which writes journals as posting would, sequence, hashes, marks and all, so that no test needs posting.
 */
package io.tillstream.ledgersink.testing;
