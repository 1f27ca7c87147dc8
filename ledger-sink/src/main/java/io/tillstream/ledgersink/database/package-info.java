/**
 * The sink's way into PostgreSQL: {@link io.tillstream.ledgersink.database.Database} migrates and hands out connections with the
 * writer's rights only, {@link io.tillstream.ledgersink.database.CopyBuffer} holds rows in COPY's binary format, {@link
 * io.tillstream.ledgersink.database.DatabaseFaults} tells an outage, which is waited for, from a broken rule, which stops the
 * sink, and {@link io.tillstream.ledgersink.database.AdvisoryLock} makes one leader of several processes.
 *
 * <p>Never changes or deletes a row of the ledger: the writer's role has no right to.
 */
package io.tillstream.ledgersink.database;
