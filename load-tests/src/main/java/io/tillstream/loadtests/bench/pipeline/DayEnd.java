package io.tillstream.loadtests.bench.pipeline;

import io.tillstream.ledgersink.LedgerCommands;
import io.tillstream.ledgersink.closing.CloseResult;
import io.tillstream.ledgersink.reconciliation.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Closes every city's day, waits for the files, and has the product verify all. */
final class DayEnd {
    private static final Duration FILES_MAX = Duration.ofMinutes(10);
    private static final long LOOK_NANOS = 200_000_000;

    private final PipelineStage stage;

    /**
     * What was found.
     *
     * @param days closed
     * @param closeSeconds until all marks were written
     * @param filesSeconds from then until every batch was written
     * @param databaseEntries rows, marks included
     * @param findings what does not hold; empty is well
     */
    record Found(
            int days,
            double closeSeconds,
            double filesSeconds,
            long files,
            long journalEntries,
            long databaseEntries,
            long databaseEvents,
            String findings) {
        boolean holds() {
            return findings.isEmpty() && journalEntries == databaseEntries;
        }
    }

    DayEnd(PipelineStage stage) {
        this.stage = stage;
    }

    Found run() {
        try (LedgerCommands commands = LedgerCommands.open(stage.sinkSettings(), Clock.systemUTC());
                Connection connection = stage.connection()) {
            long from = System.nanoTime();
            Map<String, LocalDate> dates = openDates(connection);
            for (Map.Entry<String, LocalDate> city : dates.entrySet()) {
                CloseResult result = commands.close(city.getKey(), city.getValue());
                if (result != CloseResult.CLOSED && result != CloseResult.ALREADY_CLOSED) {
                    throw new IllegalStateException(city + " did not close: " + result);
                }
            }
            long closed = System.nanoTime();
            awaitFiles(connection, dates.size());
            long written = System.nanoTime();
            long events = number(connection, "SELECT count(*) FROM ledger.entry WHERE event_id IS NOT NULL");
            Verification verification = commands.verify();
            return new Found(
                    dates.size(),
                    (closed - from) / 1e9,
                    (written - closed) / 1e9,
                    verification.files(),
                    verification.journalEntries(),
                    verification.databaseEntries(),
                    events,
                    verification.holds() ? "" : verification.findings().toString());
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not answer at the day's end", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The broker did not take a close", e);
        }
    }

    private static Map<String, LocalDate> openDates(Connection connection) throws SQLException {
        Map<String, LocalDate> dates = new LinkedHashMap<>();
        String sql = "SELECT tenant, open_date FROM operations.tenants WHERE open_date IS NOT NULL ORDER BY tenant";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                dates.put(row.getString(1), row.getObject(2, LocalDate.class));
            }
        }
        return dates;
    }

    private void awaitFiles(Connection connection, int batches) throws SQLException {
        String sql = "SELECT count(*) FROM settlement.batches WHERE state IN ('WRITTEN', 'DELIVERED', 'FUNDED')";
        long giveUpAt = System.nanoTime() + FILES_MAX.toNanos();
        while (number(connection, sql) < batches) {
            stage.requireAlive();
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        number(connection, sql) + " of " + batches + " batches were written within " + FILES_MAX);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
