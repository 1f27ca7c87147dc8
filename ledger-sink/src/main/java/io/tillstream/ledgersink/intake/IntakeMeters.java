package io.tillstream.ledgersink.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of one loop; tag {@code intake} is its name. */
final class IntakeMeters {
    private final Counter records;
    private final Counter fenced;
    private final Counter faults;
    private final Timer transactions;
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong stopped = new AtomicLong();

    IntakeMeters(MeterRegistry registry, String intake) {
        records = Counter.builder("tillstream.sink.records")
                .description("Records stored in PostgreSQL")
                .tag("intake", intake)
                .register(registry);
        fenced = Counter.builder("tillstream.sink.fenced")
                .description("Times that another writer had taken over")
                .tag("intake", intake)
                .register(registry);
        faults = Counter.builder("tillstream.sink.faults")
                .description("Outages of the database or the registry that were waited for, each try counted")
                .tag("intake", intake)
                .register(registry);
        transactions = Timer.builder("tillstream.sink.transaction")
                .description("Time of one transaction")
                .tag("intake", intake)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        Gauge.builder("tillstream.sink.lag", lag, AtomicLong::get)
                .description("Records in the topics that are not stored yet, of this process's partitions")
                .baseUnit("records")
                .tag("intake", intake)
                .register(registry);
        Gauge.builder("tillstream.sink.stopped", stopped, AtomicLong::get)
                .description("1 when a broken invariant stopped it")
                .tag("intake", intake)
                .register(registry);
    }

    void stored(int count, long nanos) {
        records.increment(count);
        transactions.record(Duration.ofNanos(nanos));
    }

    void fenced() {
        fenced.increment();
    }

    void fault() {
        faults.increment();
    }

    void lag(long behind) {
        lag.set(behind);
    }

    long lag() {
        return lag.get();
    }

    void stopped() {
        stopped.set(1);
    }
}
