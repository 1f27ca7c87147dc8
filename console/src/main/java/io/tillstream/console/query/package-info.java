/**
 * Reading the documented views of the ledger sink's database.
 *
 * <p>{@link ReadDatabase} opens a short read-only transaction, becomes the role {@code tillstream_reader} and sets
 * {@code tillstream.tenant} to the viewer's scope; the database's row-level security does the rest. The other classes
 * hold one subject's SQL each and give records back. Lists are pages: a {@link Cursor} names the last row's key, and the
 * next page begins after it, so that rows added meanwhile move nothing.
 *
 * <p>This package never writes, relies on row-level security alone for the scope, and never builds SQL from what a client sent: values are
 * bound, and the texts are constants.
 */
package io.tillstream.console.query;
