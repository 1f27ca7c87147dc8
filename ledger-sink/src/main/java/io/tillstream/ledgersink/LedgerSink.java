package io.tillstream.ledgersink;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.ledgersink.closing.DayCloser;
import io.tillstream.ledgersink.database.Database;
import io.tillstream.ledgersink.database.LeaderLoop;
import io.tillstream.ledgersink.delivery.SftpDelivery;
import io.tillstream.ledgersink.intake.Intake;
import io.tillstream.ledgersink.intake.IntakeLoop;
import io.tillstream.ledgersink.intake.IntakeStatus;
import io.tillstream.ledgersink.intake.RowWriter;
import io.tillstream.ledgersink.journal.JournalIntake;
import io.tillstream.ledgersink.records.RecordsIntake;
import io.tillstream.ledgersink.settlement.SettlementSteps;
import io.tillstream.ledgersink.settlement.files.NachaCcd;
import io.tillstream.ledgersink.settlement.files.PaymentDetailCsv;
import io.tillstream.runtime.Health;
import io.tillstream.runtime.HealthStatus;
import io.tillstream.runtime.Metrics;
import io.tillstream.runtime.Ops;
import io.tillstream.runtime.OpsServer;
import io.tillstream.runtime.Shutdown;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger sink in one process: what it starts, in the order of the flow. A broken invariant stops all of it: no date is closed
 * and no file is released on rows that are known to be wrong. Then it answers health and metrics only, and waits to be closed.
 */
public final class LedgerSink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerSink.class);
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(25);

    private final LedgerSinkSettings settings;
    private final Clock clock;
    private final Consumer<String> onFault;
    private final Shutdown shutdown = new Shutdown(CLOSING_LIMIT);
    private final Health health = new Health();
    private final Metrics metrics;
    private final Database database;
    private final OpsServer ops;
    private final Startup startup;
    private final List<IntakeLoop> loops = new CopyOnWriteArrayList<>();
    private final List<Runnable> halts = new ArrayList<>();
    private boolean isBroken;

    private LedgerSink(LedgerSinkSettings settings, Clock clock, Consumer<String> onFault) {
        this.settings = settings;
        this.clock = clock;
        this.onFault = onFault;
        metrics = shutdown.add("metrics", Metrics.start("ledger-sink"));
        database = shutdown.add("database", settings.database().open());
        startup = new Startup(this::begin, this::fault);
        health.live("start", startup::liveness).ready("started", startup::readiness);
        ops = shutdown.add("ops", OpsServer.start(settings.opsHost(), settings.opsPort(), new Ops(health, metrics)));
        shutdown.add("start", startup);
        startup.begin();
    }

    /**
     * Starts all threads and returns. PostgreSQL and the registry may be away: the sink waits for them, and is not ready until
     * then. Faults are shown by /health/live only.
     */
    public static LedgerSink start(LedgerSinkSettings settings) {
        return start(settings, Clock.systemUTC(), reason -> {});
    }

    /**
     * As above.
     *
     * @param clock says when dates close
     * @param onFault told once, with the reason, when a broken invariant has stopped the sink for good; must not wait for the
     *     thread that tells it
     */
    public static LedgerSink start(LedgerSinkSettings settings, Clock clock, Consumer<String> onFault) {
        return new LedgerSink(settings, clock, onFault);
    }

    /** Runs in the starting thread, again after a fault that passes. */
    private void begin() {
        database.migrate();
        SchemaRegistryClient registry = Registries.connect(settings.registryUrl());
        BankCalendar calendar = settings.calendar();
        AvroCodec<JournalEntry> journal = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry);
        Intake records = RecordsIntake.of(registry);
        DayCloser closer = DayCloser.of(database, settings.kafka(), registry, calendar, clock);
        SettlementSteps settlement = SettlementSteps.of(
                database,
                settings.kafka(),
                registry,
                settings.filesDirectory(),
                List.of(new NachaCcd(calendar, settings.nachaLineEnd()), new PaymentDetailCsv()),
                settings.delivery().target().map(SftpDelivery::to),
                metrics.registry(),
                clock);
        // From here on nothing asks a system that could be away, so nothing is started twice.
        part("settlement files", settlement);
        for (int number = 0; number < settings.journalThreads(); number++) {
            intake(new JournalIntake(journal), number);
        }
        intake(records, 0);
        if (settings.closerEnabled()) {
            leader("tillstream-closer", settings.closerInterval(), () -> closeDue(closer));
        }
        leader("tillstream-settlement", settings.settlementInterval(), settlement::run);
    }

    private static void closeDue(DayCloser closer) throws SQLException {
        try {
            closer.closeDue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void intake(Intake intake, int number) {
        IntakeLoop loop = IntakeLoop.start(
                intake,
                new SinkConsumers(settings, metrics).of(intake.name(), number),
                new RowWriter(database),
                metrics.registry(),
                number,
                this::fault);
        haltable(loop::halt);
        String name = intake.name() + "-" + number;
        part(name, loop);
        loops.add(loop);
        health.live(name, () -> status(loop.status(), loop.status().phase() != IntakeStatus.Phase.STOPPED));
        health.ready(
                name + " stores", () -> status(loop.status(), loop.status().phase() == IntakeStatus.Phase.RUNNING));
    }

    private void leader(String name, Duration interval, LeaderLoop.Task task) {
        LeaderLoop loop = LeaderLoop.start(name, database, interval, task, this::fault);
        haltable(loop::halt);
        part(name, loop);
        health.live(
                name,
                () -> new HealthStatus(loop.isAlive(), status(loop.status()).reason()));
        health.ready(name + " works", () -> status(loop.status()));
    }

    /** The first broken invariant ends all work here. Halting waits for nobody, so the threads may call it themselves. */
    private void fault(String reason) {
        synchronized (halts) {
            if (isBroken) {
                return;
            }
            isBroken = true;
            halts.forEach(Runnable::run);
        }
        log.error("The sink stops all its work: {}", reason);
        onFault.accept(reason);
    }

    /** What starts while the first loop finds a broken invariant is halted too. */
    private void haltable(Runnable halt) {
        synchronized (halts) {
            halts.add(halt);
            if (isBroken) {
                halt.run();
            }
        }
    }

    /** When the sink is told to close while it starts, what comes too late is closed here. */
    private <C extends AutoCloseable> C part(String name, C started) {
        try {
            return shutdown.add(name, started);
        } catch (IllegalStateException e) {
            try {
                started.close();
            } catch (Exception unclosed) {
                e.addSuppressed(unclosed);
            }
            throw e;
        }
    }

    private static HealthStatus status(IntakeStatus status, boolean isUp) {
        return new HealthStatus(isUp, status.phase() + ": " + status.reason());
    }

    private static HealthStatus status(LeaderLoop.Status status) {
        String role = status.leads() ? "leads" : "follows";
        return status.fault().isEmpty() ? HealthStatus.up(role) : HealthStatus.down(status.fault());
    }

    /** Port of health and metrics. */
    public int opsPort() {
        return ops.port();
    }

    /** The checks behind /health. */
    public Health health() {
        return health;
    }

    /** Records in the topics that are not stored yet, of this process's partitions. */
    public long lag() {
        return loops.stream().mapToLong(IntakeLoop::lag).sum();
    }

    /** Ends the transactions under way, then everything in reverse order. */
    @Override
    public void close() {
        shutdown.close();
    }
}
