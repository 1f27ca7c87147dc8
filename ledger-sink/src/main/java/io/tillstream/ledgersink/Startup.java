package io.tillstream.ledgersink;

import io.tillstream.ledgersink.database.DatabaseFaults;
import io.tillstream.runtime.HealthStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the sink's work as soon as PostgreSQL and the schema registry answer: a process may start before what it needs. */
final class Startup implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Startup.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private enum Phase {
        WAITING,
        DONE,
        FAILED
    }

    private final Runnable work;
    private final Consumer<String> onFailed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "sink-start");
    private volatile Phase phase = Phase.WAITING;
    private volatile String reason = "has just begun";

    /** @param onFailed told, in the starting thread, why it cannot start */
    Startup(Runnable work, Consumer<String> onFailed) {
        this.work = work;
        this.onFailed = onFailed;
    }

    void begin() {
        thread.start();
    }

    HealthStatus liveness() {
        return new HealthStatus(phase != Phase.FAILED, reason);
    }

    HealthStatus readiness() {
        return new HealthStatus(phase == Phase.DONE, reason);
    }

    private void run() {
        try {
            while (!attempt()) {
                if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            log.debug("The start was interrupted by closing");
        }
    }

    /** @return whether it is over, for good or for bad */
    private boolean attempt() {
        try {
            work.run();
            reason = "everything has started";
            phase = Phase.DONE;
            return true;
        } catch (RuntimeException e) {
            return fault(e);
        }
    }

    private boolean fault(RuntimeException e) {
        SQLException sql = sqlCause(e);
        String found = sql == null ? String.valueOf(e.getMessage()) : DatabaseFaults.inOneLine(sql);
        boolean isPassing = sql != null ? DatabaseFaults.isPassing(sql) : e instanceof IllegalStateException;
        if (!found.equals(reason)) {
            log.warn("The sink {}: {}", isPassing ? "waits" : "cannot start", found, isPassing ? null : e);
        }
        reason = found;
        if (!isPassing) {
            phase = Phase.FAILED;
            onFailed.accept("the sink cannot start: " + found);
        }
        return !isPassing;
    }

    private static SQLException sqlCause(Throwable e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return (SQLException) cause;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
