package io.tillstream.ledgersink.settlement;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillstream.ledgersink.database.Database;
import io.tillstream.ledgersink.database.DatabaseFaults;
import io.tillstream.ledgersink.settlement.BatchVerifier.Finding;
import io.tillstream.ledgersink.settlement.BatchVerifier.Outcome;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.SettlementFileReleased;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One round of settlement: verify what is closed, write what is verified, announce what is written, deliver it, and see what the
 * bank has paid. Every step can be done again after a crash at any point; a batch that is stuck keeps none of the others.
 */
public final class SettlementSteps implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SettlementSteps.class);

    private static final Duration VERIFY_AGAIN = Duration.ofSeconds(30);

    /** A step of one batch. */
    @FunctionalInterface
    private interface Step {
        void run(BatchHead batch) throws SQLException, IOException;
    }

    private final Database database;
    private final Path directory;
    private final List<SettlementFormat> formats;
    private final FileAnnouncer announcer;
    private final Optional<Delivery> delivery;
    private final Clock clock;
    private final BatchMeters meters;
    private final BatchVerifier verifier = new BatchVerifier();
    private final BatchReader reader;
    private final Map<String, Instant> verifyAgainAt = new HashMap<>();

    /** @param directory files lie in {directory}/{tenant}/{name} */
    SettlementSteps(
            Database database,
            Path directory,
            List<SettlementFormat> formats,
            FileAnnouncer announcer,
            Optional<Delivery> delivery,
            MeterRegistry registry,
            Clock clock) {
        this.database = database;
        this.directory = directory;
        this.formats = List.copyOf(formats);
        this.announcer = announcer;
        this.delivery = delivery;
        this.clock = clock;
        this.meters = new BatchMeters(registry);
        this.reader = new BatchReader(database);
    }

    /**
     * Steps on a cluster.
     *
     * @param delivery empty where nobody takes the files away: batches then go from WRITTEN to FUNDED
     * @throws IllegalStateException if a schema is not registered or the registry does not answer
     */
    public static SettlementSteps of(
            Database database,
            KafkaSettings kafka,
            SchemaRegistryClient schemas,
            Path directory,
            List<SettlementFormat> formats,
            Optional<Delivery> delivery,
            MeterRegistry meters,
            Clock clock) {
        FileAnnouncer announcer = new FileAnnouncer(kafka, schemas);
        return new SettlementSteps(database, directory, formats, announcer, delivery, meters, clock);
    }

    /** All steps once, for every batch. */
    public void run() throws SQLException {
        each("CLOSED", this::verify);
        each("VERIFIED", this::write);
        announce();
        if (delivery.isPresent()) {
            each("WRITTEN", this::deliver);
        }
        try (Connection connection = database.connection()) {
            BatchStates.funded(connection, clock.instant());
            BatchStates.fundedWithoutPayment(
                    connection, delivery.isPresent() ? "DELIVERED" : "WRITTEN", clock.instant());
            connection.commit();
            meters.refresh(connection);
            connection.rollback();
        }
    }

    private void each(String state, Step step) throws SQLException {
        List<BatchHead> batches;
        try (Connection connection = database.connection()) {
            batches = BatchHead.inState(connection, state);
            connection.rollback();
        }
        for (BatchHead batch : batches) {
            attempt(batch, step);
        }
    }

    /** What holds up one batch is written beside it; only an outage of the database ends the round. */
    private void attempt(BatchHead batch, Step step) throws SQLException {
        try {
            step.run(batch);
        } catch (SQLException e) {
            if (DatabaseFaults.isPassing(e)) {
                throw e;
            }
            stuck(batch, "database: " + DatabaseFaults.inOneLine(e));
        } catch (IOException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            stuck(batch, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (RuntimeException e) {
            // Nobody foresaw it, so where it came from is worth a line; but it is this batch's, and the others go on.
            String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
            if (!batch.reason().equals(reason)) {
                log.error("Batch {} met what was not foreseen", batch.batchId(), e);
            }
            stuck(batch, reason);
        }
    }

    private void stuck(BatchHead batch, String reason) throws SQLException {
        if (!batch.reason().equals(reason)) {
            log.warn("Batch {} is held up: {}", batch.batchId(), reason);
        }
        try (Connection connection = database.connection()) {
            BatchStates.stuck(connection, batch.batchId(), reason);
            connection.commit();
        }
    }

    private void verify(BatchHead batch) throws SQLException {
        Instant notBefore = verifyAgainAt.getOrDefault(batch.batchId(), Instant.MIN);
        if (clock.instant().isBefore(notBefore)) {
            return;
        }
        try (Connection connection = database.connection()) {
            Finding finding = verifier.verify(connection, batch);
            if (finding.outcome() == Outcome.DIFFERS) {
                // Reads the whole day; what is there will hardly change by itself.
                verifyAgainAt.put(batch.batchId(), clock.instant().plus(VERIFY_AGAIN));
            }
            if (finding.outcome() != Outcome.AGREES) {
                connection.rollback();
                stuck(batch, finding.reason());
                return;
            }
            boolean isVerified = BatchStates.verified(connection, batch.batchId(), clock.instant());
            connection.commit();
            if (!isVerified) {
                stuck(
                        batch,
                        "the bank details of " + batch.tenant() + " are not known: its record is not in topic tenants");
            }
        }
    }

    private void write(BatchHead batch) throws SQLException, IOException {
        BatchContents contents = reader.read(batch.batchId());
        Path tenantDirectory = Files.createDirectories(directory.resolve(batch.tenant()));
        List<WrittenFile> written = new ArrayList<>();
        for (SettlementFormat format : formats) {
            written.add(format.write(contents, tenantDirectory));
        }
        try (Connection connection = database.connection()) {
            BatchStates.written(connection, contents, written, clock.instant());
            connection.commit();
        }
        log.info("Batch {} is written: {} files, net {}", batch.batchId(), written.size(), contents.net());
    }

    private void announce() throws SQLException {
        List<SettlementFileReleased> files;
        try (Connection connection = database.connection()) {
            files = BatchStates.unannounced(connection);
            connection.rollback();
        }
        for (SettlementFileReleased file : files) {
            try {
                announcer.announce(file);
            } catch (IOException e) {
                log.warn("{}; it will be tried again", e.getMessage());
                return;
            } catch (RuntimeException e) {
                log.error("File {} could not be announced; it will be tried again", file.getName(), e);
                continue;
            }
            try (Connection connection = database.connection()) {
                BatchStates.announced(connection, file, clock.instant());
                connection.commit();
            }
        }
    }

    private void deliver(BatchHead batch) throws SQLException, IOException {
        try (Connection connection = database.connection()) {
            List<String> names = fileNames(connection, batch.batchId());
            connection.rollback();
            delivery.orElseThrow().deliver(batch.tenant(), directory.resolve(batch.tenant()), names);
            BatchStates.delivered(connection, batch.batchId(), clock.instant());
            connection.commit();
        }
    }

    private static List<String> fileNames(Connection connection, String batchId) throws SQLException {
        String sql = "SELECT name FROM settlement.file WHERE batch_id = ? ORDER BY name COLLATE \"C\"";
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, batchId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    @Override
    public void close() {
        announcer.close();
        delivery.ifPresent(Delivery::close);
    }
}
