package io.tillstream.local.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, each with a bound, and says what it waited for. */
final class Waiting implements AutoCloseable {
    private static final long LOOK_MS = 50;

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "waiting");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Returns when the condition holds.
     *
     * @param what ends the sentence "Waited 60 s for ..."
     * @param detail how far it is, for the message
     * @throws IllegalStateException if it does not hold in time, or looking at it fails
     */
    void until(String what, Duration limit, BooleanSupplier condition, Supplier<String> detail) {
        tryUntil(what, limit, condition, detail).ifPresent(late -> {
            throw new IllegalStateException(late);
        });
    }

    /**
     * The same for who goes on when it is too late.
     *
     * @return empty if the condition holds, else what was waited for and how far it is
     * @throws IllegalStateException if looking at it fails
     */
    Optional<String> tryUntil(String what, Duration limit, BooleanSupplier condition, Supplier<String> detail) {
        CompletableFuture<Void> met = new CompletableFuture<>();
        ScheduledFuture<?> looking =
                scheduler.scheduleWithFixedDelay(() -> look(condition, met), 0, LOOK_MS, TimeUnit.MILLISECONDS);
        try {
            met.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
            return Optional.empty();
        } catch (CompletionException e) {
            String state = detail.get();
            String full = what + (state.isEmpty() ? "" : "; " + state);
            if (e.getCause() instanceof TimeoutException) {
                return Optional.of("Waited " + limit.toSeconds() + " s for " + full);
            }
            throw new IllegalStateException("Failed while waiting for " + full, e.getCause());
        } finally {
            looking.cancel(false);
        }
    }

    private static void look(BooleanSupplier condition, CompletableFuture<Void> met) {
        try {
            if (condition.getAsBoolean()) {
                met.complete(null);
            }
        } catch (RuntimeException e) {
            met.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
