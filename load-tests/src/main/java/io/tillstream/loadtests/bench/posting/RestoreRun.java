package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.peer.PeerSettings;
import io.tillstream.loadtests.bench.peer.ReaderMain;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Restoring against reading. */
final class RestoreRun {
    private static final Duration MAX = Duration.ofMinutes(10);
    private static final long POLL_NANOS = 10_000_000;

    private final Place place;
    private final WorkloadShape shape;
    private final long seed;
    private final int runs;
    private int started;

    RestoreRun(Place place, WorkloadShape shape, long seed, int runs) {
        this.place = place;
        this.shape = shape;
        this.seed = seed;
        this.runs = runs;
    }

    Restore run(Variant variant, long entries) {
        Input.fill(place.cluster(), shape, seed, 0);
        TillstreamContender contender = TillstreamContender.onJournal(entries);
        contender.prepare(place);
        try {
            // Posting goes first on the empty journal, and so its own terms are what stands there before the filler's.
            double emptyRead = median(() -> readNanos());
            double emptyReady = median(() -> readyNanos(contender, variant));
            contender.clear(place);
            contender.prepare(place);
            new JournalFiller(place.cluster(), shape, seed).fill(entries);
            double read = median(() -> readNanos()) - emptyRead;
            double ready = median(() -> readyNanos(contender, variant)) - emptyReady;
            return new Restore(entries, ready / 1e9, entries / (ready / 1e9), entries / (read / 1e9), read / ready);
        } finally {
            contender.clear(place);
        }
    }

    private double median(LongSupplier nanos) {
        long[] all = new long[runs];
        for (int i = 0; i < runs; i++) {
            all[i] = nanos.getAsLong();
        }
        Arrays.sort(all);
        return all[runs / 2];
    }

    private long readyNanos(TillstreamContender contender, Variant variant) {
        place.cluster().topics().deleteGroup("ledger");
        int port = TillstreamContender.freePort();
        OpsPort ops = new OpsPort(port);
        long start = System.nanoTime();
        try (JvmProcess process = contender.start(place, variant, "restore-" + started++, port)) {
            while (!ops.isReady()) {
                process.requireAlive();
                if (System.nanoTime() - start > MAX.toNanos()) {
                    throw new IllegalStateException("Not restored in " + MAX);
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            Track.say("ready after %.2f s".formatted((System.nanoTime() - start) / 1e9));
            return System.nanoTime() - start;
        }
    }

    private long readNanos() {
        Path file = place.directory().resolve("reader.properties");
        String topic = Topics.JOURNAL.topicName();
        new PeerSettings(
                        place.cluster().bootstrapServers(),
                        place.cluster().registryUrl(),
                        topic,
                        "",
                        Place.PARTITIONS,
                        place.id(),
                        1,
                        0,
                        place.padding(),
                        place.directory(),
                        "")
                .store(file);
        JvmPlan plan = JvmPlan.of(ReaderMain.class, place.heapMegabytes());
        long start = System.nanoTime();
        try (JvmProcess process = JvmProcess.start("reader-" + started++, plan, place.directory(), file.toString())) {
            process.awaitLine("READ ", MAX);
            return System.nanoTime() - start;
        }
    }
}
