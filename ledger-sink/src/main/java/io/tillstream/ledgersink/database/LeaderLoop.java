package io.tillstream.ledgersink.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does its task again and again while it holds an advisory lock: of several processes one leads, the others wait.
 * A task that fails is tried again; its reason stands in {@link #status} until it succeeds. A thread that dies says so: an error
 * of the virtual machine must not end the work unseen.
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
    private final Consumer<String> onFault;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Status status = new Status(false, "");

    private LeaderLoop(String name, Database database, Duration interval, Task task, Consumer<String> onFault) {
        this.name = name;
        this.database = database;
        this.interval = interval;
        this.task = task;
        this.onFault = onFault;
        this.thread = new Thread(this::run, name);
    }

    /**
     * Starts the thread.
     *
     * @param name of the thread and the lock
     * @param interval between two rounds, and between two tries for the lock
     * @param onFault told once, in the loop's thread, why the thread died; must not wait for that thread
     */
    public static LeaderLoop start(
            String name, Database database, Duration interval, Task task, Consumer<String> onFault) {
        LeaderLoop loop = new LeaderLoop(name, database, interval, task, onFault);
        loop.thread.start();
        return loop;
    }

    public Status status() {
        return status;
    }

    /** False when the thread has died without being told to stop. */
    public boolean isAlive() {
        return thread.isAlive() || isClosing();
    }

    private void run() {
        try {
            while (!isClosing()) {
                tryToLead();
            }
            status = new Status(false, status.fault());
        } catch (InterruptedException | Error e) {
            die(e);
        }
    }

    private void die(Throwable e) {
        String reason = "died of " + e.getClass().getSimpleName() + ": " + e.getMessage();
        status = new Status(false, reason);
        log.error("{} {}", name, reason, e);
        onFault.accept(name + " " + reason);
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
            fault(false, DatabaseFaults.inOneLine(e), null);
        } catch (RuntimeException e) {
            fault(false, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
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
            fault(true, DatabaseFaults.inOneLine(e), null);
        } catch (RuntimeException e) {
            fault(true, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private void fault(boolean leads, String reason, RuntimeException cause) {
        if (!status.fault().equals(reason)) {
            log.error("{} failed and tries again: {}", name, reason, cause);
        }
        status = new Status(leads, reason);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() throws InterruptedException {
        if (closing.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("{} closes", name);
        }
    }

    /** Tells the thread to end after the round under way, and does not wait for it. */
    public void halt() {
        closing.countDown();
    }

    /** Ends after the round under way. */
    @Override
    public void close() {
        halt();
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
