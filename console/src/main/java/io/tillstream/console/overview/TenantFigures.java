package io.tillstream.console.overview;

import io.tillstream.console.access.TenantScope;
import io.tillstream.console.query.Figures;
import io.tillstream.console.query.OverviewQueries;
import io.tillstream.console.query.TenantDay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures of each scope that somebody looks at, read in the background. Reading takes longer as the open day grows,
 * so the next reading waits ten times as long as the last one took: the overview costs the database a tenth at most.
 */
public final class TenantFigures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TenantFigures.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(1_500);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int PAUSE_PER_READING = 10;
    private final OverviewQueries queries;
    private final Clock clock;
    private final Map<TenantScope, Held> byScope = new ConcurrentHashMap<>();
    private final ExecutorService readers = Executors.newFixedThreadPool(2, TenantFigures::thread);

    public TenantFigures(OverviewQueries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /**
     * The figures as they were read last; reads them now, and waits, if they never were.
     *
     * @throws JdbiException if they never were read and the database does not answer
     */
    public Shown of(TenantScope scope) {
        Held held = byScope.computeIfAbsent(scope, Held::new);
        Shown last = held.last;
        if (last == null) {
            return held.read();
        }
        held.readInBackgroundIfDue();
        return last;
    }

    /**
     * Figures, and what two readings tell together.
     *
     * @param perSecond entries a second by tenant; a tenant of which one reading is known has none
     */
    public record Shown(Figures figures, Map<String, OptionalDouble> perSecond) {
        public Shown {
            perSecond = Map.copyOf(perSecond);
        }
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
        private final AtomicBoolean reading = new AtomicBoolean();
        private final Map<String, RateSeries> entries = new HashMap<>();
        private volatile Shown last;
        private volatile Instant dueAt = Instant.EPOCH;

        private Held(TenantScope scope) {
            this.scope = scope;
        }

        private synchronized Shown read() {
            Instant before = clock.instant();
            if (last != null && before.isBefore(dueAt)) {
                return last;
            }
            Figures read = queries.figures(scope, before);
            Instant after = clock.instant();
            Duration pause = Duration.between(before, after).multipliedBy(PAUSE_PER_READING);
            dueAt = after.plus(pause.compareTo(PAUSE_MIN) > 0 ? pause : PAUSE_MIN);
            last = new Shown(read, rates(read));
            return last;
        }

        private Map<String, OptionalDouble> rates(Figures figures) {
            Map<String, OptionalDouble> rates = new HashMap<>();
            for (TenantDay day : figures.tenants()) {
                RateSeries series = entries.computeIfAbsent(day.tenant(), ignored -> new RateSeries(KEPT));
                series.read(figures.at(), day.entries());
                rates.put(day.tenant(), series.perSecond(figures.at().minus(KEPT)));
            }
            return rates;
        }

        private void readInBackgroundIfDue() {
            if (clock.instant().isBefore(dueAt) || !reading.compareAndSet(false, true)) {
                return;
            }
            try {
                readers.execute(this::readAndForgive);
            } catch (RejectedExecutionException e) {
                // The console is closing; what was read last is good enough for the last page.
                reading.set(false);
            }
        }

        private void readAndForgive() {
            try {
                read();
            } catch (JdbiException e) {
                dueAt = clock.instant().plus(PAUSE_MIN);
                LOG.warn(
                        "figures of {} stay as of {}",
                        scope.setting(),
                        last.figures().at(),
                        e);
            } finally {
                reading.set(false);
            }
        }
    }
}
