package io.tillstream.ledgersink.testing;

import io.tillstream.ledgersink.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A test's database: as the sink uses it, and as the superuser sees it. */
public record Ledger(String url, Database database) implements AutoCloseable {

    /** Rows of a query as text, columns parted by {@code |}, null as an empty text. */
    public List<String> rows(String sql) {
        try (Connection connection = LedgerCluster.superuser(url)) {
            return rows(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same on a connection of the test's own. */
    public static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String cell = row.getString(i);
                    cells.add(cell == null ? "" : cell);
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }

    /** The only value of the only row. */
    public String value(String sql) {
        List<String> rows = rows(sql);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows: " + sql);
        }
        return rows.get(0);
    }

    /** Runs a statement with all rights. */
    public int execute(String sql) {
        try (Connection connection = LedgerCluster.superuser(url);
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
