package io.tillstream.ledgersink;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ledgersink.closing.CloseResult;
import io.tillstream.ledgersink.closing.DayCloser;
import io.tillstream.ledgersink.database.Database;
import io.tillstream.ledgersink.reconciliation.Verification;
import io.tillstream.ledgersink.reconciliation.Verify;
import io.tillstream.schemas.Registries;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;

/** What operators ask of the ledger from a command line, beside or without a running sink. */
public final class LedgerCommands implements AutoCloseable {
    private final LedgerSinkSettings settings;
    private final Database database;
    private final SchemaRegistryClient registry;
    private final Clock clock;

    private LedgerCommands(LedgerSinkSettings settings, Database database, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.registry = Registries.connect(settings.registryUrl());
        this.clock = clock;
    }

    /** Connects with the first command. */
    public static LedgerCommands open(LedgerSinkSettings settings, Clock clock) {
        return new LedgerCommands(settings, settings.database().open(), clock);
    }

    /**
     * Closes the tenant's open business date now.
     *
     * @throws IOException when the brokers do not take the mark; calling again completes it
     * @throws SQLException when the database does not answer
     */
    public CloseResult close(String tenant, LocalDate date) throws SQLException, IOException {
        return DayCloser.of(database, settings.kafka(), registry, settings.calendar(), clock)
                .close(tenant, date);
    }

    /** The offline check of I1, I3, I4, I5 and I6, released files included. @throws SQLException as above */
    public Verification verify() throws SQLException {
        return new Verify(settings.kafka(), registry, database, Optional.of(settings.filesDirectory())).run();
    }

    @Override
    public void close() {
        database.close();
    }
}
