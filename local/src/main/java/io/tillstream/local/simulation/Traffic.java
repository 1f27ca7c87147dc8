package io.tillstream.local.simulation;

import io.tillstream.local.client.Answer;
import io.tillstream.local.client.ChannelKey;
import io.tillstream.local.client.IngestClient;
import io.tillstream.schemas.CredentialKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends stories to ingest: many at once, the steps of each in order. Stories are drawn by one thread in the seed's order.
 */
public final class Traffic implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Traffic.class);
    private static final long TICK_MS = 5;
    private static final int ATTEMPTS_MAX = 30;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final int CARD_TESTING_CITY = 2;

    /**
     * How much and how fast.
     *
     * @param payments stories to send; Long.MAX_VALUE for no end
     * @param perSecond stories begun in a second; Double.POSITIVE_INFINITY for as fast as they are answered
     * @param atOnceMax stories under way at the same time
     * @param cardTestingAfter number of stories after which the burst of card testing comes
     */
    public record Pace(long payments, double perSecond, int atOnceMax, long cardTestingAfter) {}

    private final List<City> cities;
    private final List<IngestClient> instances;
    private final Stories stories;
    private final Book book;
    private final Pace pace;
    private final LineBatcher batcher;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(Traffic::thread);
    private final AtomicInteger underWay = new AtomicInteger();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final long startedNs = System.nanoTime();
    private long begun;
    private volatile boolean stopping;

    private Traffic(List<City> cities, List<IngestClient> instances, Stories stories, Book book, Pace pace) {
        this.cities = List.copyOf(cities);
        this.instances = List.copyOf(instances);
        this.stories = stories;
        this.book = book;
        this.pace = pace;
        this.batcher = new LineBatcher(instances.get(0));
    }

    /**
     * Starts sending.
     *
     * @param cities the largest first
     * @param instances ingest instances; resends go to the first or the last
     * @param runName begins every idempotency key
     */
    public static Traffic start(
            List<City> cities, List<IngestClient> instances, long seed, String runName, Book book, Pace pace) {
        Stories stories = new Stories(cities, seed, runName, Clock.systemUTC());
        Traffic traffic = new Traffic(cities, instances, stories, book, pace);
        var unused = traffic.scheduler.scheduleAtFixedRate(traffic::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
        return traffic;
    }

    /** Done when every story has ended; fails if drawing stories failed. */
    public CompletableFuture<Void> finished() {
        return finished;
    }

    /** Begins no more stories; those under way end. */
    public void stop() {
        stopping = true;
    }

    /** Stops, waits a bounded time for the stories under way, and ends the thread. */
    @Override
    public void close() {
        stop();
        try {
            finished.orTimeout(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            log.warn("Traffic ended with {} payments under way", underWay.get());
        } finally {
            scheduler.shutdownNow();
        }
    }

    private void tick() {
        try {
            while (mayBegin()) {
                begun++;
                begin(begun == pace.cardTestingAfter() ? stories.cardTesting(cityUnderAttack()) : stories.next());
            }
            batcher.flush();
            if ((stopping || begun >= pace.payments()) && underWay.get() == 0) {
                finished.complete(null);
            }
        } catch (RuntimeException e) {
            finished.completeExceptionally(e);
            throw e;
        }
    }

    private boolean mayBegin() {
        double due = pace.perSecond() * (System.nanoTime() - startedNs) / 1e9;
        return !stopping && begun < pace.payments() && begun < due && underWay.get() < pace.atOnceMax();
    }

    private City cityUnderAttack() {
        return cities.get(Math.min(CARD_TESTING_CITY, cities.size() - 1));
    }

    private void begin(Story story) {
        underWay.incrementAndGet();
        var unused = tell(story, 0).whenComplete((done, error) -> {
            underWay.decrementAndGet();
            if (error != null) {
                log.error("A story ended early", error);
            }
        });
    }

    private CompletableFuture<Void> tell(Story story, int index) {
        if (index == story.steps().size()) {
            return CompletableFuture.completedFuture(null);
        }
        Step step = story.steps().get(index);
        book.sent();
        return send(step, 1).thenCompose(goesOn -> {
            if (!goesOn) {
                return CompletableFuture.completedFuture(null);
            }
            if (story.pause().isZero()) {
                return tell(story, index + 1);
            }
            return CompletableFuture.supplyAsync(() -> index + 1, after(story.pause()))
                    .thenCompose(next -> tell(story, next));
        });
    }

    /** Whether the story goes on: the answer was a right one. */
    private CompletableFuture<Boolean> send(Step step, int attempt) {
        return request(step)
                .handle((answer, error) -> new Reply(Optional.ofNullable(answer), error))
                .thenCompose(reply -> judge(step, attempt, reply));
    }

    private CompletableFuture<Boolean> judge(Step step, int attempt, Reply reply) {
        if (reply.isFinal()) {
            return CompletableFuture.completedFuture(
                    book.answered(step, reply.answer().orElseThrow()));
        }
        if (reply.isUnsure()) {
            book.unsure();
        }
        if (attempt == ATTEMPTS_MAX || stopping) {
            book.unanswered(step, reply.why());
            return CompletableFuture.completedFuture(false);
        }
        book.retried(step);
        Duration pause = reply.answer().flatMap(Answer::retryAfter).orElse(RETRY_PAUSE);
        return CompletableFuture.supplyAsync(() -> attempt + 1, after(pause)).thenCompose(next -> send(step, next));
    }

    /** An answer, or why there is none. */
    private record Reply(Optional<Answer> answer, Throwable error) {
        boolean isFinal() {
            return answer.isPresent() && !answer.get().temporary();
        }

        boolean isUnsure() {
            return answer.map(Answer::undecided).orElse(true);
        }

        String why() {
            return answer.map(Answer::reason).orElseGet(() -> String.valueOf(error));
        }
    }

    private CompletableFuture<Answer> request(Step step) {
        if (step.inBatch()) {
            return batcher.add(step);
        }
        ChannelKey key = step.city().keys().get(step.channel());
        if (step.kind() == Step.Kind.UNAUTHENTICATED) {
            key = new ChannelKey(
                    key.tenant(), key.keyId(), CredentialKind.API_KEY, "not-the-secret-of-this-channel-at-all");
        }
        IngestClient ingest = instances.get(step.instance() == 0 ? 0 : instances.size() - 1);
        return ingest.payment(key, step.idempotencyKey(), step.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Executor after(Duration pause) {
        return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable runnable) {
        Thread thread = new Thread(runnable, "traffic");
        thread.setDaemon(true);
        return thread;
    }
}
