package io.tillstream.ledgersink.closing;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.ledgersink.closing.OpenDates.OpenDate;
import io.tillstream.ledgersink.database.AdvisoryLock;
import io.tillstream.ledgersink.database.Database;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.BusinessDayClose;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes business dates, by time and on demand. The decision is committed to operations.day_close before the marks are written and
 * completed after, so a crash between leaves a decision that the next round carries out, with the same next date and time. Every
 * process may close: an advisory lock lets one at a time.
 */
public final class DayCloser {
    private static final Logger log = LoggerFactory.getLogger(DayCloser.class);
    private static final String LOCK = "tillstream-close";

    private final Database database;
    private final CloseMarks marks;
    private final OpenDates openDates;
    private final Clock clock;

    DayCloser(Database database, CloseMarks marks, BankCalendar bankDays, Clock clock) {
        this.database = database;
        this.marks = marks;
        this.openDates = new OpenDates(bankDays);
        this.clock = clock;
    }

    /**
     * A closer on a cluster.
     *
     * @param bankDays for tenants that keep BANK_DAYS
     * @throws IllegalStateException if the mark's schema is not registered or the registry does not answer
     */
    public static DayCloser of(
            Database database, KafkaSettings kafka, SchemaRegistryClient registry, BankCalendar bankDays, Clock clock) {
        return new DayCloser(database, new TransactionalMarks(kafka, registry), bankDays, clock);
    }

    /**
     * Closes the tenant's open date now, before or after its cut-off.
     *
     * @throws IOException when the brokers do not take the mark; the next round, or calling again, completes it
     */
    public CloseResult close(String tenant, LocalDate date) throws SQLException, IOException {
        try (AdvisoryLock lock = AdvisoryLock.take(database, LOCK);
                Connection connection = database.connection()) {
            log.debug("Closing {} of {}, lock held: {}", date, tenant, lock.isHeld());
            complete(connection);
            Optional<OpenDate> open = openDates.of(connection, tenant);
            if (open.isEmpty() || open.get().date().isEmpty()) {
                return CloseResult.TENANT_NOT_OPEN;
            }
            LocalDate openDate = open.get().date().get();
            if (date.isBefore(openDate)) {
                return wasClosed(connection, tenant, date) ? CloseResult.ALREADY_CLOSED : CloseResult.NEVER_OPEN;
            }
            if (date.isAfter(openDate)) {
                return CloseResult.NOT_YET_OPEN;
            }
            closeOpen(connection, open.get());
            return CloseResult.CLOSED;
        }
    }

    /**
     * Closes every date whose cut-off has passed, of all tenants; missed dates one by one, in order.
     *
     * @return dates closed
     * @throws IOException when the brokers do not take a mark; the next round completes it
     */
    public int closeDue() throws SQLException, IOException {
        if (!isAnythingDue()) {
            return 0;
        }
        int closed = 0;
        try (AdvisoryLock lock = AdvisoryLock.take(database, LOCK);
                Connection connection = database.connection()) {
            log.debug("Closing what is due, lock held: {}", lock.isHeld());
            complete(connection);
            for (OpenDate tenant : openDates.all(connection)) {
                Optional<OpenDate> open = Optional.of(tenant);
                while (open.isPresent() && isDue(open.get())) {
                    closeOpen(connection, open.get());
                    closed++;
                    open = openDates.of(connection, tenant.tenant());
                }
            }
            connection.rollback();
        }
        return closed;
    }

    private boolean isAnythingDue() throws SQLException {
        try (Connection connection = database.connection()) {
            boolean isDue = openDates.all(connection).stream().anyMatch(this::isDue)
                    || !unmarked(connection).isEmpty();
            connection.rollback();
            return isDue;
        }
    }

    private boolean isDue(OpenDate open) {
        return open.date().isPresent()
                && !clock.instant().isBefore(open.times().closeOf(open.date().get()));
    }

    private void closeOpen(Connection connection, OpenDate open) throws SQLException, IOException {
        LocalDate date = open.date().orElseThrow();
        BusinessDayClose close = new BusinessDayClose(
                open.tenant(),
                date,
                open.times().after(date),
                Instant.ofEpochMilli(clock.instant().toEpochMilli()));
        decide(connection, close);
        mark(connection, close);
    }

    /** As the closer noted, or as the journal says: a database that was made anew has the closes of before from there only. */
    private static boolean wasClosed(Connection connection, String tenant, LocalDate date) throws SQLException {
        String sql = "SELECT EXISTS (SELECT 1 FROM operations.day_close WHERE tenant = ? AND business_date = ?)"
                + " OR EXISTS (SELECT 1 FROM ledger.entry"
                + " WHERE tenant = ? AND business_date = ? AND kind = 'DAY_CLOSED')";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setObject(2, date);
            statement.setString(3, tenant);
            statement.setObject(4, date);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Carries out what a closer before this one decided and did not complete. */
    private void complete(Connection connection) throws SQLException, IOException {
        for (BusinessDayClose close : unmarked(connection)) {
            mark(connection, close);
        }
    }

    private static void decide(Connection connection, BusinessDayClose close) throws SQLException {
        String sql = "INSERT INTO operations.day_close (tenant, business_date, next_business_date, closed_at)"
                + " VALUES (?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, close.getTenant());
            statement.setObject(2, close.getBusinessDate());
            statement.setObject(3, close.getNextBusinessDate());
            statement.setObject(4, OffsetDateTime.ofInstant(close.getClosedAt(), ZoneOffset.UTC));
            statement.executeUpdate();
        }
        connection.commit();
    }

    private void mark(Connection connection, BusinessDayClose close) throws SQLException, IOException {
        marks.write(close);
        String sql = "UPDATE operations.day_close SET marked_at = ? WHERE tenant = ? AND business_date = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            statement.setString(2, close.getTenant());
            statement.setObject(3, close.getBusinessDate());
            statement.executeUpdate();
        }
        connection.commit();
        log.info(
                "Closed {} of {}, next is {}", close.getBusinessDate(), close.getTenant(), close.getNextBusinessDate());
    }

    private static List<BusinessDayClose> unmarked(Connection connection) throws SQLException {
        String sql = "SELECT tenant, business_date, next_business_date, closed_at FROM operations.day_close"
                + " WHERE marked_at IS NULL ORDER BY business_date, tenant";
        List<BusinessDayClose> closes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                closes.add(new BusinessDayClose(
                        row.getString(1),
                        row.getObject(2, LocalDate.class),
                        row.getObject(3, LocalDate.class),
                        row.getObject(4, OffsetDateTime.class).toInstant()));
            }
        }
        return closes;
    }
}
