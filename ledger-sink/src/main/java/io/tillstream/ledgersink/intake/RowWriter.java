package io.tillstream.ledgersink.intake;

import io.tillstream.ledgersink.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** One database transaction: positions moved from the known values, rows added, commit. */
public final class RowWriter {
    private final Database database;
    private final Positions positions;
    private final FaultPoint faults;

    public RowWriter(Database database) {
        this(database, new Positions(), FaultPoint.NONE);
    }

    RowWriter(Database database, Positions positions, FaultPoint faults) {
        this.database = database;
        this.positions = positions;
        this.faults = faults;
    }

    /**
     * Stores rows, or nothing. After an exception other than {@link FencedException} it is not known whether the commit reached
     * the database: ask for the stored positions.
     *
     * @throws FencedException when another writer owns a partition; nothing is stored
     */
    public void write(Map<TopicPartition, Position> before, Rows rows) throws SQLException {
        try (Connection connection = database.connection()) {
            try {
                positions.advance(connection, before, rows.after());
                faults.reached(FaultPoint.Step.POSITIONS_MOVED);
                rows.write(connection);
                faults.reached(FaultPoint.Step.ROWS_WRITTEN);
                connection.commit();
                faults.reached(FaultPoint.Step.COMMITTED);
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    Database database() {
        return database;
    }

    Positions positions() {
        return positions;
    }
}
