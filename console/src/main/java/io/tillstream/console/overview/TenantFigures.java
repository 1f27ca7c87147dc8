package io.tillstream.console.overview;

import io.tillstream.console.access.TenantScope;
import io.tillstream.console.query.DaySum;
import io.tillstream.console.query.Figures;
import io.tillstream.console.query.Queries;
import io.tillstream.console.query.TenantDay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures of each scope that somebody looks at, read in the background. The next reading waits ten times as long as
 * the last one took, but not more than {@link #PAUSE_MAX}: the overview must not wear the database out.
 */
public final class TenantFigures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TenantFigures.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(1_500);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(15);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int PAUSE_PER_READING = 10;
    /** How long a page waits for totals that were never counted, before it is shown without them. */
    private static final int FIRST_WAIT_MILLIS = 1_500;

    private static final int READERS = 4;

    private final Queries queries;
    private final Clock clock;
    private final Map<TenantScope, Held> byScope = new ConcurrentHashMap<>();
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, TenantFigures::thread);

    public TenantFigures(Queries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /**
     * What is known of a scope's tenants.
     *
     * @param counted false while the open dates are being added up for the first time; then there are no totals
     * @param totals of each tenant's open date; a tenant without entries has none
     * @param perSecond entries a second by tenant; a tenant of which one reading is known has none
     */
    public record Shown(
            Figures figures, boolean counted, Map<String, DaySum> totals, Map<String, OptionalDouble> perSecond) {
        public Shown {
            totals = Map.copyOf(totals);
            perSecond = Map.copyOf(perSecond);
        }
    }

    /**
     * The figures as they were read last; the first time reads them now, and waits.
     *
     * @throws JdbiException if they never were read and the database does not answer
     */
    public Shown of(TenantScope scope) {
        return byScope.computeIfAbsent(scope, Held::new).shown();
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tenant-figures");
        thread.setDaemon(true);
        return thread;
    }

    private final class Held {
        private final TenantScope scope;
        private final DayTotals totals = new DayTotals();
        private final Map<String, RateSeries> rates = new HashMap<>();
        private CompletableFuture<Shown> reading;
        private Instant dueAt = Instant.EPOCH;
        private volatile Shown last;

        private Held(TenantScope scope) {
            this.scope = scope;
        }

        private Shown shown() {
            CompletableFuture<Shown> running = readIfDue();
            Shown known = last;
            return known == null ? first(running) : known;
        }

        /** Begins a reading unless one runs or none is due; gives the latest. */
        private synchronized CompletableFuture<Shown> readIfDue() {
            boolean runs = reading != null && !reading.isDone();
            if (!runs && !clock.instant().isBefore(dueAt)) {
                reading = CompletableFuture.supplyAsync(this::read, readers);
            }
            return reading;
        }

        private Shown first(CompletableFuture<Shown> running) {
            try {
                return running.get(FIRST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Whole days are being added up; what is quick to read is shown meanwhile.
                return new Shown(queries.overview().figures(scope, clock.instant()), false, Map.of(), Map.of());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof JdbiException failure ? failure : new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        }

        private Shown read() {
            Instant before = clock.instant();
            try {
                totals.advance(queries.daySums(), scope);
                Figures figures = queries.overview().figures(scope, before);
                Map<String, DaySum> sums = totals.of(figures.tenants());
                last = new Shown(figures, true, sums, rates(figures, sums));
                return last;
            } catch (JdbiException e) {
                LOG.warn("figures of {} stay as they are", scope.setting(), e);
                throw e;
            } finally {
                pause(Duration.between(before, clock.instant()).multipliedBy(PAUSE_PER_READING));
            }
        }

        private synchronized void pause(Duration pause) {
            Duration atLeast = pause.compareTo(PAUSE_MIN) > 0 ? pause : PAUSE_MIN;
            dueAt = clock.instant().plus(atLeast.compareTo(PAUSE_MAX) < 0 ? atLeast : PAUSE_MAX);
        }

        private Map<String, OptionalDouble> rates(Figures figures, Map<String, DaySum> sums) {
            Map<String, OptionalDouble> perSecond = new HashMap<>();
            for (TenantDay day : figures.tenants()) {
                DaySum sum = sums.get(day.tenant());
                RateSeries series = rates.computeIfAbsent(day.tenant(), ignored -> new RateSeries(KEPT));
                series.read(figures.at(), sum == null ? 0 : sum.entries());
                perSecond.put(day.tenant(), series.perSecond(figures.at().minus(KEPT)));
            }
            return perSecond;
        }
    }
}
