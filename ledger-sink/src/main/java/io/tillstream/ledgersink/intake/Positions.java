package io.tillstream.ledgersink.intake;

import io.tillstream.schemas.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** The table operations.sink_offset: offset store, and fence against writers that no longer own their partition. */
public final class Positions {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final boolean compares;

    public Positions() {
        this(true);
    }

    /** @param compares false is a mutant for tests: a position is moved whatever it is */
    Positions(boolean compares) {
        this.compares = compares;
    }

    /** The stored position, if the partition has one. */
    public Optional<Position> stored(Connection connection, TopicPartition partition) throws SQLException {
        String sql = "SELECT next_offset, next_sequence, chain_head FROM operations.sink_offset"
                + " WHERE topic = ? AND partition = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, partition.topic());
            statement.setInt(2, partition.partition());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Position(row.getLong(1), row.getLong(2), new Hash(row.getBytes(3))))
                        : Optional.empty();
            }
        }
    }

    /**
     * Adds the row of a partition that is new. Two sinks that do so at once: the second waits, then fails on the key, a passing
     * fault for it, and finds the row when it asks again.
     */
    void create(Connection connection, TopicPartition partition, Position start) throws SQLException {
        String sql = "INSERT INTO operations.sink_offset (topic, partition, next_offset, next_sequence, chain_head)"
                + " VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, partition.topic());
            statement.setInt(2, partition.partition());
            statement.setLong(3, start.nextOffset());
            statement.setLong(4, start.nextSequence());
            statement.setBytes(5, start.chainHead().bytes());
            statement.executeUpdate();
        }
    }

    /**
     * Moves positions on, in one order for all writers, so that none waits for another in a circle.
     *
     * @throws FencedException if one is not where this writer knew it
     */
    void advance(Connection connection, Map<TopicPartition, Position> before, Map<TopicPartition, Position> after)
            throws SQLException {
        Map<TopicPartition, Position> ordered = new TreeMap<>(ORDER);
        ordered.putAll(after);
        String sql = "UPDATE operations.sink_offset SET next_offset = ?, next_sequence = ?, chain_head = ?"
                + " WHERE topic = ? AND partition = ?"
                + (compares ? " AND next_offset = ? AND next_sequence = ? AND chain_head = ?" : "");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<TopicPartition, Position> move : ordered.entrySet()) {
                Position known = before.get(move.getKey());
                if (move(statement, move.getKey(), known, move.getValue()) != 1) {
                    throw new FencedException(move.getKey(), known);
                }
            }
        }
    }

    private int move(PreparedStatement statement, TopicPartition partition, Position from, Position to)
            throws SQLException {
        statement.setLong(1, to.nextOffset());
        statement.setLong(2, to.nextSequence());
        statement.setBytes(3, to.chainHead().bytes());
        statement.setString(4, partition.topic());
        statement.setInt(5, partition.partition());
        if (compares) {
            statement.setLong(6, from.nextOffset());
            statement.setLong(7, from.nextSequence());
            statement.setBytes(8, from.chainHead().bytes());
        }
        return statement.executeUpdate();
    }
}
