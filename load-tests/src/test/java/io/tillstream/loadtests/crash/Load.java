package io.tillstream.loadtests.crash;

import io.tillstream.loadtests.workload.WorkloadWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a workload at a steady rate until it is told to stop. */
final class Load implements AutoCloseable {
    private static final int TICK_MS = 20;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong written = new AtomicLong();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final WorkloadWriter writer;

    private Load(WorkloadWriter writer) {
        this.writer = writer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure is told by stop
    static Load start(WorkloadWriter writer, int eventsPerSecond) {
        Load load = new Load(writer);
        int perTick = Math.max(1, eventsPerSecond * TICK_MS / 1000);
        load.clock.scheduleAtFixedRate(() -> load.write(perTick), 0, TICK_MS, TimeUnit.MILLISECONDS);
        return load;
    }

    private void write(int count) {
        try {
            writer.write(count);
            written.addAndGet(count);
        } catch (RuntimeException e) {
            failure.completeExceptionally(e);
            throw e;
        }
    }

    /** Events handed to the producer so far. */
    long written() {
        return written.get();
    }

    /** Stops writing and waits until the broker has all. */
    void stop() throws InterruptedException, ExecutionException {
        clock.shutdown();
        if (!clock.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The load did not stop");
        }
        if (failure.isCompletedExceptionally()) {
            failure.get();
        }
        writer.flush();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
