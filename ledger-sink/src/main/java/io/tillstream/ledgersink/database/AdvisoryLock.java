package io.tillstream.ledgersink.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock among processes, held by one database session: it is free again when the session ends, however it ends. A holder
 * that lost its session may still believe in it for a moment, so what is done under it must bear being done twice.
 */
public final class AdvisoryLock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdvisoryLock.class);
    private static final int CHECK_LIMIT_SECONDS = 5;

    private final Connection session;
    private final String name;

    private AdvisoryLock(Connection session, String name) {
        this.session = session;
        this.name = name;
    }

    /** The lock, or empty when another session holds it. */
    public static Optional<AdvisoryLock> tryTake(Database database, String name) throws SQLException {
        return take(database, name, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))");
    }

    /** Waits for the lock; the driver's read limit ends the wait with a passing fault. */
    public static AdvisoryLock take(Database database, String name) throws SQLException {
        return take(database, name, "SELECT pg_advisory_lock(hashtextextended(?, 0)) IS NOT NULL")
                .orElseThrow();
    }

    private static Optional<AdvisoryLock> take(Database database, String name, String sql) throws SQLException {
        Connection session = database.ownConnection();
        boolean taken = false;
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                taken = result.getBoolean(1);
            }
        } finally {
            if (!taken) {
                session.close();
            }
        }
        return taken ? Optional.of(new AdvisoryLock(session, name)) : Optional.empty();
    }

    /** Whether the session still stands. */
    public boolean isHeld() {
        try {
            return session.isValid(CHECK_LIMIT_SECONDS);
        } catch (SQLException e) {
            throw new IllegalStateException("the limit is not negative", e);
        }
    }

    /** Ends the session, and with it the lock. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            log.warn("The session of lock {} did not close: {}", name, DatabaseFaults.inOneLine(e));
        }
    }
}
