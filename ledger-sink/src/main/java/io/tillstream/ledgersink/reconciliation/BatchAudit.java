package io.tillstream.ledgersink.reconciliation;

import io.tillstream.ledgersink.reconciliation.Fold.Day;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** I5: every closed date is closed in all partitions and has one batch, whose parts and lines are those of its entries. */
final class BatchAudit {
    private static final String BATCHES = "SELECT batch_id, tenant, business_date, entry_count FROM settlement.batch";
    private static final String PARTS = "SELECT partition, first_sequence, last_sequence, entry_count, chain_head"
            + " FROM settlement.part WHERE batch_id = ?";
    private static final String LINES =
            "SELECT through, tender, account, gross, voids, refunds, chargebacks, returns, fees,"
                    + " net, capture_count, void_count, refund_count, chargeback_count, return_count, fee_count"
                    + " FROM settlement.line WHERE batch_id = ?";

    private record BatchRow(String batchId, long entryCount) {}

    /** What one partition contributed. */
    private record Part(long firstSequence, long lastSequence, long entryCount, String chainHead) {}

    private final Findings findings;
    private final Set<Integer> partitions;

    BatchAudit(Findings findings, Set<Integer> partitions) {
        this.findings = findings;
        this.partitions = new TreeSet<>(partitions);
    }

    /** @return batches in the database */
    long compare(Connection connection, Map<Day, Map<Integer, DayPart>> days) throws SQLException {
        Map<Day, BatchRow> batches = batches(connection);
        for (Map.Entry<Day, Map<Integer, DayPart>> day : days.entrySet()) {
            Map<Integer, DayPart> parts = day.getValue();
            if (parts.values().stream().noneMatch(DayPart::isClosed)) {
                continue;
            }
            checkClosedEverywhere(day.getKey(), parts);
            BatchRow batch = batches.get(day.getKey());
            if (batch == null) {
                findings.add(Invariant.I5, batchId(day.getKey()), "a row in settlement.batch", "none");
            } else {
                compare(connection, batch, parts);
            }
        }
        for (Map.Entry<Day, BatchRow> batch : batches.entrySet()) {
            if (!days.containsKey(batch.getKey())) {
                findings.add(Invariant.I5, batch.getValue().batchId(), "no batch: nothing was closed", "a row");
            }
        }
        return batches.size();
    }

    private void checkClosedEverywhere(Day day, Map<Integer, DayPart> parts) {
        Set<Integer> open = new TreeSet<>(partitions);
        parts.forEach((partition, part) -> {
            if (part.isClosed()) {
                open.remove(partition);
            }
        });
        if (!open.isEmpty()) {
            findings.add(Invariant.I5, batchId(day), "DAY_CLOSED in every partition", "none in partitions " + open);
        }
    }

    private void compare(Connection connection, BatchRow batch, Map<Integer, DayPart> parts) throws SQLException {
        Map<Integer, Part> expected = new TreeMap<>();
        Map<LineKey, LineTotals> totals = new TreeMap<>();
        long entryCount = 0;
        for (Map.Entry<Integer, DayPart> entry : parts.entrySet()) {
            DayPart part = entry.getValue();
            expected.put(
                    entry.getKey(),
                    new Part(part.firstSequence(), part.lastSequence(), part.entryCount(), part.chainHead()));
            part.lines()
                    .forEach((key, line) -> totals.computeIfAbsent(key, first -> new LineTotals())
                            .add(line));
            entryCount += part.entryCount();
        }
        if (entryCount != batch.entryCount()) {
            findings.add(Invariant.I5, batch.batchId(), entryCount + " entries", batch.entryCount() + " in the batch");
        }
        compareEach(batch.batchId() + ", part of partition ", expected, parts(connection, batch.batchId()));
        Map<LineKey, List<Long>> lines = new TreeMap<>();
        totals.forEach((key, line) -> lines.put(key, line.values()));
        compareEach(batch.batchId() + ", line ", lines, lines(connection, batch.batchId()));
    }

    private <K, V> void compareEach(String place, Map<K, V> expected, Map<K, V> found) {
        Set<K> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        for (K key : keys) {
            V wanted = expected.get(key);
            V has = found.get(key);
            if (wanted == null || !wanted.equals(has)) {
                findings.add(Invariant.I5, place + key, wanted == null ? "none" : wanted, has == null ? "none" : has);
            }
        }
    }

    private static Map<Day, BatchRow> batches(Connection connection) throws SQLException {
        Map<Day, BatchRow> batches = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(BATCHES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Day day = new Day(row.getString(2), row.getObject(3, LocalDate.class));
                batches.put(day, new BatchRow(row.getString(1), row.getLong(4)));
            }
        }
        return batches;
    }

    private static Map<Integer, Part> parts(Connection connection, String batchId) throws SQLException {
        Map<Integer, Part> parts = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(PARTS)) {
            statement.setString(1, batchId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String head = HexFormat.of().formatHex(row.getBytes(5));
                    parts.put(row.getInt(1), new Part(row.getLong(2), row.getLong(3), row.getLong(4), head));
                }
            }
        }
        return parts;
    }

    private static Map<LineKey, List<Long>> lines(Connection connection, String batchId) throws SQLException {
        Map<LineKey, List<Long>> lines = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LINES)) {
            statement.setString(1, batchId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<Long> values = new ArrayList<>();
                    for (int i = 0; i < LineTotals.NAMES.size(); i++) {
                        values.add(row.getLong(4 + i));
                    }
                    lines.put(new LineKey(row.getString(1), row.getString(2), row.getString(3)), values);
                }
            }
        }
        return lines;
    }

    private static String batchId(Day day) {
        return day.tenant() + "-" + day.date().format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
