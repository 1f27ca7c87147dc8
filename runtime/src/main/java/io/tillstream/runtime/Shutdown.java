package io.tillstream.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the parts of a process once, in the reverse order of their start, on SIGTERM, on SIGINT or when told to; a part
 * that hangs is named and left behind when the time is over, so that a stop always ends.
 */
public final class Shutdown implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Duration limit;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean isClosing;
    private volatile String closingNow = "";

    /** @param limit how long all closing together may take */
    public Shutdown(Duration limit) {
        this.limit = limit;
    }

    /** As the constructor; also closes when the virtual machine is told to stop. */
    public static Shutdown onSignal(Duration limit) {
        Shutdown shutdown = new Shutdown(limit);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::close, "shutdown"));
        return shutdown;
    }

    /**
     * Adds a part that has started, to be closed before all that were added earlier.
     *
     * @throws IllegalStateException if closing has begun; the part is then the caller's to close
     */
    public synchronized <C extends AutoCloseable> C add(String name, C part) {
        if (isClosing) {
            throw new IllegalStateException("closing has begun, " + name + " comes too late");
        }
        parts.push(new Part(name, part));
        return part;
    }

    /** Closes everything, or waits for the closing that is under way; returns within the limit. */
    @Override
    public void close() {
        if (begin()) {
            Thread closer = new Thread(this::closeParts, "closing");
            closer.setDaemon(true);
            closer.start();
        }
        try {
            if (!closed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                log.error("Not closed within {} s: {}", limit.toSeconds(), closingNow);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until closing is done, for a main thread that has nothing else to do. */
    public void await() throws InterruptedException {
        closed.await();
    }

    private synchronized boolean begin() {
        boolean first = !isClosing;
        isClosing = true;
        return first;
    }

    private void closeParts() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            closingNow = part.name;
            closePart(part);
        }
        closed.countDown();
    }

    /** The parts that remain must be closed too: what one throws is told, not passed on. */
    private static void closePart(Part part) {
        try {
            part.closeable.close();
            log.info("Closed {}", part.name);
        } catch (Exception e) {
            log.error("{} did not close cleanly", part.name, e);
        }
    }
}
