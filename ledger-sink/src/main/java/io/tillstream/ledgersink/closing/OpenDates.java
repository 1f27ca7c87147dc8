package io.tillstream.ledgersink.closing;

import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.schemas.BusinessCalendar;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the database knows of tenants' open dates: the later of what the journal has seen and what the closer has marked. */
final class OpenDates {
    private static final String SELECT = "SELECT tenant.tenant, tenant.time_zone, tenant.cut_off, tenant.calendar,"
            + " greatest((SELECT max(open_date) FROM operations.open_day WHERE open_day.tenant = tenant.tenant),"
            + " (SELECT max(next_business_date) FROM operations.day_close"
            + " WHERE day_close.tenant = tenant.tenant AND marked_at IS NOT NULL)) AS open_date"
            + " FROM operations.tenant";

    private final BankCalendar bankDays;

    OpenDates(BankCalendar bankDays) {
        this.bankDays = bankDays;
    }

    /** A tenant and its open date; empty until posting has its terms. */
    record OpenDate(String tenant, CloseTimes times, Optional<LocalDate> date) {}

    List<OpenDate> all(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " ORDER BY 1")) {
            return read(statement);
        }
    }

    Optional<OpenDate> of(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " WHERE tenant.tenant = ?")) {
            statement.setString(1, tenant);
            return read(statement).stream().findFirst();
        }
    }

    private List<OpenDate> read(PreparedStatement statement) throws SQLException {
        List<OpenDate> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                CloseTimes times = new CloseTimes(
                        ZoneId.of(row.getString(2)),
                        LocalTime.parse(row.getString(3)),
                        BusinessCalendar.valueOf(row.getString(4)),
                        bankDays);
                found.add(
                        new OpenDate(row.getString(1), times, Optional.ofNullable(row.getObject(5, LocalDate.class))));
            }
        }
        return found;
    }
}
