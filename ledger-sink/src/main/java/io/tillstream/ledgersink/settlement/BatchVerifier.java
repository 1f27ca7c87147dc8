package io.tillstream.ledgersink.settlement;

import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Whether the rows of the ledger say the same as a batch: entry count, first and last entry and chain head of every partition,
 * totals of every line, and that the day's move to in-transit is what the lines leave. All in SQL, from entries and postings.
 */
final class BatchVerifier {
    private static final List<String> LINE_COLUMNS = List.of(
            "gross",
            "voids",
            "refunds",
            "chargebacks",
            "returns",
            "fees",
            "net",
            "capture_count",
            "void_count",
            "refund_count",
            "chargeback_count",
            "return_count",
            "fee_count");

    private static final String ARRIVED =
            "SELECT part.partition, coalesce(position.next_sequence, 0), part.last_sequence"
                    + " FROM settlement.part"
                    + " LEFT JOIN operations.sink_offset AS position ON position.topic = ? AND position.partition = part.partition"
                    + " WHERE part.batch_id = ? AND coalesce(position.next_sequence, 0) <= part.last_sequence"
                    + " ORDER BY part.partition LIMIT 1";

    private static final String WITHOUT_PART = "SELECT position.partition FROM operations.sink_offset AS position"
            + " WHERE position.topic = ? AND NOT EXISTS (SELECT FROM settlement.part"
            + " WHERE part.batch_id = ? AND part.partition = position.partition)"
            + " ORDER BY position.partition LIMIT 1";

    private static final String PARTS =
            "SELECT part.partition, part.entry_count, part.first_sequence, part.last_sequence,"
                    + " part.chain_head, found.entry_count, found.first_sequence, found.last_sequence, closing.kind, closing.hash"
                    + " FROM settlement.part"
                    + " LEFT JOIN LATERAL (SELECT count(*) AS entry_count, min(sequence) AS first_sequence,"
                    + " max(sequence) AS last_sequence FROM ledger.entry WHERE entry.tenant = part.tenant"
                    + " AND entry.business_date = ? AND entry.partition = part.partition) AS found ON true"
                    + " LEFT JOIN ledger.entry AS closing ON closing.partition = part.partition"
                    + " AND closing.sequence = part.last_sequence AND closing.tenant = part.tenant"
                    + " WHERE part.batch_id = ? ORDER BY part.partition";

    private static final String LINES = "SELECT through, tender, account, " + columns("told") + ", " + columns("found")
            + " FROM (SELECT * FROM settlement.line WHERE batch_id = ?) AS told"
            + " FULL JOIN (SELECT * FROM settlement.recomputed_lines WHERE tenant = ? AND business_date = ?) AS found"
            + " USING (through, tender, account)"
            + " WHERE (" + columns("told") + ") IS DISTINCT FROM (" + columns("found") + ")"
            + " ORDER BY through COLLATE \"C\", tender COLLATE \"C\", account COLLATE \"C\" LIMIT 1";

    private static final String IN_TRANSIT = "SELECT processor, coalesce(lines.net, 0), coalesce(moved.amount, 0)"
            + " FROM (SELECT substr(through, length('clearing:') + 1) AS processor, sum(net) AS net FROM settlement.line"
            + " WHERE batch_id = ? AND through LIKE 'clearing:%' GROUP BY 1) AS lines"
            + " FULL JOIN (SELECT substr(account, length('in-transit:') + 1) AS processor, sum(posting.amount) AS amount"
            + " FROM ledger.entry JOIN ledger.posting USING (partition, sequence)"
            + " WHERE entry.tenant = ? AND entry.business_date = ? AND entry.kind = 'DAY_CLOSED'"
            + " AND account LIKE 'in-transit:%' GROUP BY 1) AS moved USING (processor)"
            + " WHERE coalesce(lines.net, 0) <> coalesce(moved.amount, 0) ORDER BY processor LIMIT 1";

    /** AGREES: release it. WAITS: the journal's rows are not all there yet. DIFFERS: they are, and say something else. */
    enum Outcome {
        AGREES,
        WAITS,
        DIFFERS
    }

    /** What was found; {@code reason} is empty when it agrees. */
    record Finding(Outcome outcome, String reason) {
        static Finding differs(String reason) {
            return new Finding(Outcome.DIFFERS, reason);
        }
    }

    Finding verify(Connection connection, BatchHead batch) throws SQLException {
        Optional<Finding> found = waits(connection, batch);
        if (found.isEmpty()) {
            found = parts(connection, batch);
        }
        if (found.isEmpty()) {
            found = lines(connection, batch);
        }
        if (found.isEmpty()) {
            found = inTransit(connection, batch);
        }
        return found.orElse(new Finding(Outcome.AGREES, ""));
    }

    private static Optional<Finding> waits(Connection connection, BatchHead batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ARRIVED)) {
            statement.setString(1, Topics.JOURNAL.topicName());
            statement.setString(2, batch.batchId());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Finding(
                                Outcome.WAITS,
                                "waits for the journal: partition " + row.getInt(1) + " is stored up to sequence "
                                        + row.getLong(2) + ", the batch ends at " + row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    private static Optional<Finding> parts(Connection connection, BatchHead batch) throws SQLException {
        Optional<Finding> without = withoutPart(connection, batch);
        if (without.isPresent()) {
            return without;
        }
        long entries = 0;
        try (PreparedStatement statement = connection.prepareStatement(PARTS)) {
            statement.setObject(1, batch.businessDate());
            statement.setString(2, batch.batchId());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Optional<Finding> finding = part(row);
                    if (finding.isPresent()) {
                        return finding;
                    }
                    entries += row.getLong(6);
                }
            }
        }
        return entries == batch.entryCount()
                ? Optional.empty()
                : Optional.of(
                        Finding.differs("the batch has " + batch.entryCount() + " entries, the ledger " + entries));
    }

    private static Optional<Finding> withoutPart(Connection connection, BatchHead batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WITHOUT_PART)) {
            statement.setString(1, Topics.JOURNAL.topicName());
            statement.setString(2, batch.batchId());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(Finding.differs("the batch has no part of partition " + row.getInt(1)))
                        : Optional.empty();
            }
        }
    }

    private static Optional<Finding> part(ResultSet row) throws SQLException {
        String where = "partition " + row.getInt(1) + ": ";
        if (row.getLong(2) != row.getLong(6)) {
            return Optional.of(Finding.differs(
                    where + "the batch has " + row.getLong(2) + " entries, the ledger " + row.getLong(6)));
        }
        if (row.getLong(3) != row.getLong(7) || row.getLong(4) != row.getLong(8)) {
            return Optional.of(Finding.differs(where + "the batch goes from sequence " + row.getLong(3) + " to "
                    + row.getLong(4) + ", the ledger from " + row.getLong(7) + " to " + row.getLong(8)));
        }
        if (!"DAY_CLOSED".equals(row.getString(9))) {
            return Optional.of(Finding.differs(
                    where + "the entry " + row.getLong(4) + " is " + row.getString(9) + ", not DAY_CLOSED"));
        }
        if (!Arrays.equals(row.getBytes(5), row.getBytes(10))) {
            return Optional.of(Finding.differs(where + "the chain head of the batch is " + hex(row.getBytes(5))
                    + ", that of the ledger " + hex(row.getBytes(10))));
        }
        return Optional.empty();
    }

    private static Optional<Finding> lines(Connection connection, BatchHead batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LINES)) {
            statement.setString(1, batch.batchId());
            statement.setString(2, batch.tenant());
            statement.setObject(3, batch.businessDate());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(Finding.differs(line(row))) : Optional.empty();
            }
        }
    }

    private static String line(ResultSet row) throws SQLException {
        String where = "line " + row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + ": ";
        for (int i = 0; i < LINE_COLUMNS.size(); i++) {
            String told = row.getString(4 + i);
            String found = row.getString(4 + LINE_COLUMNS.size() + i);
            if (told == null) {
                return where + "is in the ledger, not in the batch";
            }
            if (found == null) {
                return where + "is in the batch, not in the ledger";
            }
            if (!told.equals(found)) {
                return where + LINE_COLUMNS.get(i) + " of the batch is " + told + ", of the ledger " + found;
            }
        }
        throw new IllegalStateException("two equal lines were found distinct: " + where);
    }

    private static Optional<Finding> inTransit(Connection connection, BatchHead batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IN_TRANSIT)) {
            statement.setString(1, batch.batchId());
            statement.setString(2, batch.tenant());
            statement.setObject(3, batch.businessDate());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(Finding.differs("processor " + row.getString(1) + ": the lines leave "
                                + row.getLong(2) + ", the close moved " + row.getLong(3) + " to in-transit"))
                        : Optional.empty();
            }
        }
    }

    private static String columns(String table) {
        return table + "." + String.join(", " + table + ".", LINE_COLUMNS);
    }

    private static String hex(byte[] hash) {
        return hash == null ? "none" : HexFormat.of().formatHex(hash);
    }
}
