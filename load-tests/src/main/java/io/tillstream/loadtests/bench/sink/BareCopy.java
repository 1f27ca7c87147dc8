package io.tillstream.loadtests.bench.sink;

import io.tillstream.ledgersink.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The limit: the same rows from memory into the same tables with the same indexes, without Kafka, checks, balances and positions. */
final class BareCopy {
    private final CopyRows entries;
    private final CopyRows postings;
    private final long entryCount;

    /** @param entryCount entries in the rows */
    BareCopy(CopyRows entries, CopyRows postings, long entryCount) {
        this.entries = entries;
        this.postings = postings;
        this.entryCount = entryCount;
    }

    /**
     * Stores all rows, each batch with its postings in one transaction.
     *
     * @return entries per second from the first fifth to the end
     */
    double run(Ledger ledger, int connections) {
        try (Database database = ledger.open()) {
            int warmUp = (int) (SinkRun.WARM_UP * entries.batches());
            store(database, connections, 0, warmUp);
            long start = System.nanoTime();
            store(database, connections, warmUp, entries.batches());
            double seconds = (System.nanoTime() - start) / 1e9;
            return entryCount * (1.0 - (double) warmUp / entries.batches()) / seconds;
        }
    }

    private void store(Database database, int connections, int from, int to) {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int number = 0; number < connections; number++) {
                int first = from + number;
                parts.add(threads.submit(() -> {
                    storeEach(database, connections, first, to);
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The bare COPY failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the bare COPY", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void storeEach(Database database, int step, int first, int to) throws SQLException {
        try (Connection connection = database.connection()) {
            for (int batch = first; batch < to; batch += step) {
                entries.send(connection, batch);
                postings.send(connection, batch);
                connection.commit();
            }
        }
    }
}
