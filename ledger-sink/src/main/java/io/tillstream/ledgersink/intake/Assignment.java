package io.tillstream.ledgersink.intake;

import io.tillstream.ledgersink.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that a consumer owns and their positions. A partition is paused from its assignment, or from a fault, until its
 * stored position is known; so the listener itself needs no database, and an outage leaves the group as it is.
 */
final class Assignment implements ConsumerRebalanceListener {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Consumer<byte[], byte[]> consumer;
    private final Database database;
    private final Positions store;
    private final Intake intake;
    private final Map<TopicPartition, Position> positions = new HashMap<>();
    private final Set<TopicPartition> unplaced = new HashSet<>();

    Assignment(Consumer<byte[], byte[]> consumer, Database database, Positions store, Intake intake) {
        this.consumer = consumer;
        this.database = database;
        this.store = store;
        this.intake = intake;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        for (TopicPartition partition : partitions) {
            // Any position will do while it is paused; without one the consumer would ask Kafka for the group's offset.
            consumer.seek(partition, 0);
            unplaced.add(partition);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        // What was polled was stored before the next poll, so nothing is in flight.
        partitions.forEach(positions::remove);
        unplaced.removeAll(partitions);
    }

    /** Forgets all positions: after a fault it is not known what the database took. */
    void forget() {
        consumer.pause(consumer.assignment());
        unplaced.addAll(consumer.assignment());
        positions.clear();
    }

    boolean isComplete() {
        return unplaced.isEmpty();
    }

    Map<TopicPartition, Position> positions() {
        return positions;
    }

    void moved(Map<TopicPartition, Position> after) {
        positions.putAll(after);
    }

    /** Reads the stored positions of the partitions that wait for one, and lets them flow. */
    void place() throws SQLException {
        try (Connection connection = database.connection()) {
            for (TopicPartition partition : Set.copyOf(unplaced)) {
                Position position = storedOrNew(connection, partition);
                consumer.seek(partition, position.nextOffset());
                consumer.resume(Set.of(partition));
                positions.put(partition, position);
                unplaced.remove(partition);
            }
        }
    }

    private Position storedOrNew(Connection connection, TopicPartition partition) throws SQLException {
        Optional<Position> stored = store.stored(connection, partition);
        connection.commit();
        return stored.isPresent() ? stored.get() : create(connection, partition);
    }

    private Position create(Connection connection, TopicPartition partition) throws SQLException {
        long first = intake.isWhole(partition.topic())
                ? 0
                : consumer.beginningOffsets(Set.of(partition)).get(partition);
        Position start = Position.start(first);
        try {
            store.create(connection, partition, start);
            connection.commit();
            return start;
        } catch (SQLException e) {
            connection.rollback();
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return store.stored(connection, partition).orElseThrow(() -> e);
            }
            throw e;
        }
    }
}
