package io.tillstream.loadtests.bench.sink;

import io.tillstream.ledgersink.LedgerSinkMain;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import io.tillstream.loadtests.bench.stage.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The ledger sink's own process with its own settings file, from an empty database to the journal's end. */
final class SinkRun {
    /** Part of the entries that does not count: start of the process and the compiler's work. */
    static final double WARM_UP = 0.2;

    private static final long TICK_NANOS = 50_000_000;
    private static final Duration STALLED_MAX = Duration.ofMinutes(2);

    private record Moment(long nanos, long position, double cpuSeconds) {}

    /**
     * What was seen.
     *
     * @param entriesPerSecond from the first fifth to the end
     * @param cpuSeconds of the sink's process per million entries
     * @param residentMegabytes largest resident set of the sink's process
     */
    record Seen(double entriesPerSecond, double cpuSeconds, long residentMegabytes) {}

    private final BenchCluster cluster;
    private final SinkOptions options;
    private final Path directory;

    SinkRun(BenchCluster cluster, SinkOptions options, Path directory) {
        this.cluster = cluster;
        this.options = options;
        this.directory = directory;
    }

    /** Stores a journal of so many entries. */
    Seen run(Ledger ledger, long entries) {
        JvmPlan plan = JvmPlan.of(LedgerSinkMain.class, options.heapMegabytes());
        String file = settings(ledger).toString();
        try (JvmProcess process = JvmProcess.start("ledger-sink", plan, directory, file)) {
            Moment from = until(process, ledger, (long) (WARM_UP * entries));
            Moment to = until(process, ledger, entries);
            double measured = to.position() - from.position();
            return new Seen(
                    measured / ((to.nanos() - from.nanos()) / 1e9),
                    (to.cpuSeconds() - from.cpuSeconds()) / (measured / 1e6),
                    Usage.of(process.pid()).peakBytes() >> 20);
        }
    }

    private Moment until(JvmProcess process, Ledger ledger, long position) {
        long changedAt = System.nanoTime();
        long last = -1;
        while (true) {
            long now = ledger.position();
            long nanos = System.nanoTime();
            if (now >= position) {
                return new Moment(nanos, now, Usage.of(process.pid()).cpuSeconds());
            }
            changedAt = now == last ? changedAt : nanos;
            last = now;
            process.requireAlive();
            if (nanos - changedAt > STALLED_MAX.toNanos()) {
                throw new IllegalStateException("The sink stands still at " + now + " of " + position);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private Path settings(Ledger ledger) {
        String settings = """
                kafka { bootstrap.servers = "%s" }
                registry.url = "%s"
                database { url = "%s", user = "%s" }
                journal.threads = %d
                files.directory = "%s"
                closer.enabled = false
                ops.port = 0
                """.formatted(
                        cluster.bootstrapServers(),
                        cluster.registryUrl(),
                        ledger.jdbcUrl(),
                        ledger.user(),
                        options.threads(),
                        directory.resolve("files"));
        try {
            Files.createDirectories(directory.resolve("files"));
            return Files.writeString(directory.resolve("ledger-sink.conf"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
