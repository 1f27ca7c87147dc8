package io.tillstream.ledgersink.journal;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** Which date each partition has open for a tenant, as the marks of one poll say. */
final class OpenDays {
    private record Day(String tenant, int partition) implements Comparable<Day> {
        @Override
        public int compareTo(Day other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : Integer.compare(partition, other.partition);
        }
    }

    private final Map<Day, LocalDate> opened = new TreeMap<>();

    void clear() {
        opened.clear();
    }

    /** Takes a mark: terms say which date is open, a close opens the next. */
    void add(JournalEntry mark) {
        LocalDate open =
                mark.getKind() == EntryKind.DAY_CLOSED ? mark.getClose().getNextBusinessDate() : mark.getBusinessDate();
        opened.put(new Day(mark.getTenant(), mark.getPartition()), open);
    }

    void write(Connection connection) throws SQLException {
        if (opened.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO operations.open_day (tenant, partition, open_date) VALUES (?, ?, ?)"
                + " ON CONFLICT (tenant, partition) DO UPDATE SET open_date = excluded.open_date";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<Day, LocalDate> day : opened.entrySet()) {
                statement.setString(1, day.getKey().tenant());
                statement.setInt(2, day.getKey().partition());
                statement.setObject(3, day.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
