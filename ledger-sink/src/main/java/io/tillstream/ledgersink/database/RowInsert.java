package io.tillstream.ledgersink.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Rows of one table as a batch of inserts, filled column by column: for tables that few records go to. */
public final class RowInsert implements AutoCloseable {
    private final PreparedStatement statement;
    private int column;

    private RowInsert(PreparedStatement statement) {
        this.statement = statement;
    }

    /** {@code INSERT INTO table (columns) VALUES (?, ...)}. */
    public static RowInsert into(Connection connection, String table, List<String> columns) throws SQLException {
        return into(connection, table, columns, "");
    }

    /** The same with {@code suffix} behind the statement. */
    public static RowInsert into(Connection connection, String table, List<String> columns, String suffix)
            throws SQLException {
        String marks = String.join(", ", columns.stream().map(column -> "?").toList());
        return new RowInsert(connection.prepareStatement(
                "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + marks + ")" + suffix));
    }

    public RowInsert add(String text) throws SQLException {
        statement.setString(++column, text == null ? null : CopyBuffer.storable(text));
        return this;
    }

    public RowInsert add(Enum<?> symbol) throws SQLException {
        return add(symbol == null ? null : symbol.name());
    }

    public RowInsert add(long number) throws SQLException {
        statement.setLong(++column, number);
        return this;
    }

    public RowInsert add(Long number) throws SQLException {
        statement.setObject(++column, number, Types.BIGINT);
        return this;
    }

    public RowInsert add(Instant time) throws SQLException {
        statement.setObject(++column, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
        return this;
    }

    public RowInsert add(UUID id) throws SQLException {
        statement.setObject(++column, id, Types.OTHER);
        return this;
    }

    public RowInsert add(byte[] bytes) throws SQLException {
        statement.setBytes(++column, bytes);
        return this;
    }

    public RowInsert addDate(LocalDate date) throws SQLException {
        statement.setObject(++column, date);
        return this;
    }

    public RowInsert addJson(String json) throws SQLException {
        statement.setObject(++column, json, Types.OTHER);
        return this;
    }

    public RowInsert addTexts(List<String> texts) throws SQLException {
        statement.setArray(++column, statement.getConnection().createArrayOf("text", texts.toArray()));
        return this;
    }

    /** The row is full. */
    public void next() throws SQLException {
        statement.addBatch();
        column = 0;
    }

    public void run() throws SQLException {
        statement.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
