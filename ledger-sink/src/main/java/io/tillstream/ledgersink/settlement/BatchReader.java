package io.tillstream.ledgersink.settlement;

import io.tillstream.ledgersink.database.BankJson;
import io.tillstream.ledgersink.database.Database;
import io.tillstream.ledgersink.settlement.BatchContents.Line;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The contents of a verified batch from the database. Order never depends on the database's collation. */
final class BatchReader {
    private final Database database;

    BatchReader(Database database) {
        this.database = database;
    }

    /** @throws IllegalStateException if the batch has not been verified */
    BatchContents read(String batchId) throws SQLException {
        String sql = "SELECT tenant, business_date, currency, closed_at, bank::text, time_zone FROM settlement.batch"
                + " WHERE batch_id = ? AND state <> 'CLOSED'";
        try (Connection connection = database.connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, batchId);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("batch " + batchId + " is not verified");
                }
                String tenant = row.getString(1);
                LocalDate date = row.getObject(2, LocalDate.class);
                return new BatchContents(
                        batchId,
                        tenant,
                        date,
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        lines(connection, batchId),
                        new DetailRows(database, batchId, tenant, date),
                        BankJson.read(row.getString(5)),
                        ZoneId.of(row.getString(6)));
            }
        }
    }

    private static List<Line> lines(Connection connection, String batchId) throws SQLException {
        String sql = "SELECT through, tender, account, gross, voids, refunds, chargebacks, returns, fees, net,"
                + " capture_count, void_count, refund_count, chargeback_count, return_count, fee_count"
                + " FROM settlement.line WHERE batch_id = ?"
                + " ORDER BY through COLLATE \"C\", tender COLLATE \"C\", account COLLATE \"C\"";
        List<Line> lines = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, batchId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.add(line(row));
                }
            }
        }
        return lines;
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15),
                row.getLong(16));
    }
}
