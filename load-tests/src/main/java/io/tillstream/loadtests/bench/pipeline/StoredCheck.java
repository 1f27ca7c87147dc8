package io.tillstream.loadtests.bench.pipeline;

import io.tillstream.loadtests.bench.load.AcceptedLog;
import io.tillstream.loadtests.bench.load.CommittedCheck;
import io.tillstream.loadtests.bench.load.LoadResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * Whether each accepted event of a load is one row, and how long it took from its 202 to its row's commit. PostgreSQL takes the time of a
 * commit just before it is flushed; load and database read the same clock.
 */
final class StoredCheck {
    private static final int FETCH = 10_000;
    private static final long HIGHEST_MICROS = 600_000_000;
    private static final String ROWS =
            "SELECT event_id, (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000000)::bigint"
                    + " FROM ledger.entry WHERE event_id IS NOT NULL";

    private final long[] ids;
    private final long[] acceptedMicros;
    private final boolean[] isStored;
    private final long countFromMicros;

    /**
     * What was found.
     *
     * @param accepted by the load
     * @param lost accepted and no row
     * @param doubled rows beyond the first of an event
     * @param unanswered rows that are no accepted event of this load: of other loads, or with an answer that did not arrive
     */
    record Found(long accepted, long stored, long lost, long doubled, long unanswered, Millis millisToCommit) {
        boolean isExact() {
            return lost == 0 && doubled == 0;
        }
    }

    /** From 202 to commit. */
    record Millis(long count, double p50, double p99, double p999, double max) {}

    private StoredCheck(LoadResult load) {
        AcceptedLog log = load.accepted();
        long[] all = new long[log.acceptedCount()];
        long first = Long.MAX_VALUE;
        int count = 0;
        for (int event = 0; event < log.size(); event++) {
            if (log.acceptedMicros(event) != 0) {
                all[count++] = CommittedCheck.id(load.settings(), event);
                first = Math.min(first, log.acceptedMicros(event));
            }
        }
        Arrays.sort(all);
        ids = all;
        acceptedMicros = new long[count];
        isStored = new boolean[count];
        countFromMicros = first + load.settings().warmUpSeconds() * 1_000_000L;
        for (int event = 0; event < log.size(); event++) {
            if (log.acceptedMicros(event) != 0) {
                acceptedMicros[Arrays.binarySearch(ids, CommittedCheck.id(load.settings(), event))] =
                        log.acceptedMicros(event);
            }
        }
    }

    /** Reads all rows. */
    static Found of(LoadResult load, Connection connection) throws SQLException {
        return new StoredCheck(load).compare(connection);
    }

    private Found compare(Connection connection) throws SQLException {
        Histogram micros = new Histogram(HIGHEST_MICROS, 3);
        long stored = 0;
        long doubled = 0;
        long others = 0;
        connection.setAutoCommit(false); // or the driver would read all rows into memory
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery(ROWS)) {
                while (rows.next()) {
                    int at = Arrays.binarySearch(
                            ids, rows.getObject(1, UUID.class).getLeastSignificantBits());
                    if (at < 0) {
                        others++;
                    } else if (isStored[at]) {
                        doubled++;
                    } else {
                        isStored[at] = true;
                        stored++;
                        record(micros, acceptedMicros[at], rows.getLong(2));
                    }
                }
            }
        }
        connection.rollback();
        return new Found(ids.length, stored, ids.length - stored, doubled, others, millis(micros));
    }

    private void record(Histogram micros, long accepted, long committed) {
        if (accepted >= countFromMicros) {
            micros.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, committed - accepted)));
        }
    }

    private static Millis millis(Histogram micros) {
        return new Millis(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0,
                micros.getValueAtPercentile(99.9) / 1000.0,
                micros.getMaxValue() / 1000.0);
    }
}
