package io.tillstream.ledgersink.settlement;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The row of a batch, as far as the steps to its files need it. */
record BatchHead(
        String batchId, String tenant, LocalDate businessDate, String currency, long entryCount, String reason) {

    BatchHead {
        requireNonNull(batchId, "batchId");
        requireNonNull(tenant, "tenant");
        requireNonNull(businessDate, "businessDate");
        requireNonNull(currency, "currency");
        requireNonNull(reason, "reason");
    }

    /** Batches in a state, the oldest date first. */
    static List<BatchHead> inState(Connection connection, String state) throws SQLException {
        String sql = "SELECT batch_id, tenant, business_date, currency, entry_count, reason FROM settlement.batch"
                + " WHERE state = ? ORDER BY business_date, batch_id";
        List<BatchHead> batches = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, state);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    batches.add(new BatchHead(
                            row.getString(1),
                            row.getString(2),
                            row.getObject(3, LocalDate.class),
                            row.getString(4),
                            row.getLong(5),
                            row.getString(6)));
                }
            }
        }
        return batches;
    }
}
