package io.tillstream.ledgersink.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does its task again and again while it holds an advisory lock: of several processes one leads, the others wait.
 * A task that fails is tried again; its reason stands in {@link #status} until it succeeds.
 */
public final class LeaderLoop implements AutoCloseable {
    /** One round of work; has to bear being done twice. */
    @FunctionalInterface
    public interface Task {
        void run() throws SQLException;
    }

    /** What the loop is, and what went wrong last; {@code fault} is empty when nothing did. */
    public record Status(boolean leads, String fault) {}

    private static final Logger log = LoggerFactory.getLogger(LeaderLoop.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final Database database;
    private final Duration interval;
    private final Task task;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Status status = new Status(false, "");

    private LeaderLoop(String name, Database database, Duration interval, Task task) {
        this.name = name;
        this.database = database;
        this.interval = interval;
        this.task = task;
        this.thread = new Thread(this::run, name);
    }

    /**
     * Starts the thread.
     *
     * @param name of the thread and the lock
     * @param interval between two rounds, and between two tries for the lock
     */
    public static LeaderLoop start(String name, Database database, Duration interval, Task task) {
        LeaderLoop loop = new LeaderLoop(name, database, interval, task);
        loop.thread.start();
        return loop;
    }

    public Status status() {
        return status;
    }

    private void run() {
        try {
            while (!isClosing()) {
                tryToLead();
            }
        } catch (InterruptedException e) {
            log.debug("{} was told to stop within a wait", name);
        }
        status = new Status(false, status.fault());
    }

    private void tryToLead() throws InterruptedException {
        try {
            Optional<AdvisoryLock> lock = AdvisoryLock.tryTake(database, name);
            if (lock.isPresent()) {
                lead(lock.get());
            } else {
                status = new Status(false, "");
            }
        } catch (SQLException e) {
            status = new Status(false, DatabaseFaults.inOneLine(e));
        }
        pause();
    }

    private void lead(AdvisoryLock lock) throws InterruptedException {
        try (lock) {
            log.info("{} leads", name);
            while (!isClosing() && lock.isHeld()) {
                round();
                pause();
            }
        }
    }

    private void round() {
        try {
            task.run();
            status = new Status(true, "");
        } catch (SQLException e) {
            fault(DatabaseFaults.inOneLine(e), null);
        } catch (RuntimeException e) {
            fault(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private void fault(String reason, RuntimeException cause) {
        if (!status.fault().equals(reason)) {
            log.error("{} failed and tries again: {}", name, reason, cause);
        }
        status = new Status(true, reason);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() throws InterruptedException {
        if (closing.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("{} closes", name);
        }
    }

    /** Ends after the round under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.error("{} did not end within {} s", name, CLOSE_LIMIT.toSeconds());
        }
    }
}
