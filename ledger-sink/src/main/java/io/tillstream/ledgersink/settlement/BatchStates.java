package io.tillstream.ledgersink.settlement;

import io.tillstream.schemas.SettlementFileReleased;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The steps of a batch in the database. Each moves on from one state only, so doing it twice does nothing. */
final class BatchStates {
    private BatchStates() {}

    /** CLOSED to VERIFIED, with the bank details in force. @return false while the tenant is not known here */
    static boolean verified(Connection connection, String batchId, Instant now) throws SQLException {
        String sql = "UPDATE settlement.batch SET state = 'VERIFIED', reason = '', verified_at = ?,"
                + " bank = tenant.bank, time_zone = tenant.time_zone FROM operations.tenant"
                + " WHERE batch_id = ? AND state = 'CLOSED' AND tenant.tenant = batch.tenant";
        return update(connection, sql, utc(now), batchId) == 1;
    }

    /** VERIFIED to WRITTEN, with its files. */
    static void written(Connection connection, BatchContents batch, List<WrittenFile> files, Instant now)
            throws SQLException {
        String sql = "UPDATE settlement.batch SET state = 'WRITTEN', reason = '', written_at = ?"
                + " WHERE batch_id = ? AND state = 'VERIFIED'";
        if (update(connection, sql, utc(now), batch.batchId()) != 1) {
            return;
        }
        String insert = "INSERT INTO settlement.file"
                + " (batch_id, format, tenant, name, size_bytes, sha256, total, released_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        for (WrittenFile file : files) {
            update(
                    connection,
                    insert,
                    batch.batchId(),
                    file.format(),
                    batch.tenant(),
                    file.name(),
                    file.sizeBytes(),
                    file.sha256(),
                    file.total(),
                    utc(now));
        }
    }

    /** WRITTEN to DELIVERED. */
    static void delivered(Connection connection, String batchId, Instant now) throws SQLException {
        String sql = "UPDATE settlement.batch SET state = 'DELIVERED', reason = '', delivered_at = ?"
                + " WHERE batch_id = ? AND state = 'WRITTEN'";
        update(connection, sql, utc(now), batchId);
    }

    /**
     * WRITTEN or DELIVERED to FUNDED, where FUNDED entries that name the batch add up to what its processors owe; a batch that
     * is paid in part, or too much, keeps its state and says so, once.
     */
    static void funded(Connection connection, Instant now) throws SQLException {
        String sql = "UPDATE settlement.batch SET"
                + " state = CASE WHEN paid.amount = owed.net THEN 'FUNDED' ELSE state END,"
                + " funded_at = CASE WHEN paid.amount = owed.net THEN ?::timestamptz END,"
                + " reason = CASE WHEN paid.amount = owed.net THEN ''"
                + " ELSE 'the bank paid ' || paid.amount || ' of ' || owed.net || ' minor units' END"
                + " FROM (SELECT client_reference, tenant, sum(amount) AS amount FROM ledger.entry"
                + " WHERE event_type = 'FUNDED' AND kind IN ('RECORDED', 'RELEASED') AND client_reference IN"
                + " (SELECT batch_id FROM settlement.batch WHERE state IN ('WRITTEN', 'DELIVERED'))"
                + " GROUP BY client_reference, tenant) AS paid"
                + " CROSS JOIN LATERAL (SELECT coalesce(sum(net), 0) AS net FROM settlement.line"
                + " WHERE line.batch_id = paid.client_reference AND through LIKE 'clearing:%') AS owed"
                + " WHERE batch.batch_id = paid.client_reference AND batch.tenant = paid.tenant"
                + " AND batch.state IN ('WRITTEN', 'DELIVERED') AND (paid.amount = owed.net OR batch.reason <>"
                + " 'the bank paid ' || paid.amount || ' of ' || owed.net || ' minor units')";
        update(connection, sql, utc(now));
    }

    /**
     * To FUNDED where no processor owes anything: the bank moves no money for such a date, so no FUNDED event will ever name it.
     * Comes after {@link #funded}, which gives a batch that was paid nevertheless its reason.
     *
     * @param released the last state before FUNDED: DELIVERED, or WRITTEN where nobody takes the files away
     */
    static void fundedWithoutPayment(Connection connection, String released, Instant now) throws SQLException {
        String sql = "UPDATE settlement.batch SET state = 'FUNDED', funded_at = ?"
                + " WHERE state = ? AND reason = '' AND NOT EXISTS (SELECT FROM settlement.line"
                + " WHERE line.batch_id = batch.batch_id AND through LIKE 'clearing:%'"
                + " GROUP BY through HAVING sum(net) <> 0)";
        update(connection, sql, utc(now), released);
    }

    /** Why the batch stays where it is. */
    static void stuck(Connection connection, String batchId, String reason) throws SQLException {
        update(
                connection,
                "UPDATE settlement.batch SET reason = ? WHERE batch_id = ? AND reason <> ?",
                reason,
                batchId,
                reason);
    }

    /** Files that the topic settlement.files does not have for certain. */
    static List<SettlementFileReleased> unannounced(Connection connection) throws SQLException {
        String sql = "SELECT file.batch_id, file.tenant, batch.business_date, file.format, file.name, file.size_bytes,"
                + " file.sha256, file.total, file.released_at FROM settlement.file JOIN settlement.batch USING (batch_id)"
                + " WHERE file.announced_at IS NULL ORDER BY file.released_at, file.name COLLATE \"C\"";
        List<SettlementFileReleased> files = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                files.add(new SettlementFileReleased(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getLong(8),
                        row.getObject(9, OffsetDateTime.class).toInstant()));
            }
        }
        return files;
    }

    static void announced(Connection connection, SettlementFileReleased file, Instant now) throws SQLException {
        String sql = "UPDATE settlement.file SET announced_at = ? WHERE batch_id = ? AND format = ?";
        update(connection, sql, utc(now), file.getBatchId(), file.getFormat());
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Milliseconds, as the topics carry: the announcement must say what the table says. */
    private static OffsetDateTime utc(Instant time) {
        return OffsetDateTime.ofInstant(Instant.ofEpochMilli(time.toEpochMilli()), ZoneOffset.UTC);
    }
}
