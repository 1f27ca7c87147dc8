package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.peer.PeerSettings;
import io.tillstream.loadtests.bench.peer.ReaderMain;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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
        long start = System.nanoTime();
        try (JvmProcess process = contender.start(place, variant, "restore-" + started++, port)) {
            while (!isReady(port)) {
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

    private boolean isReady(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYetListening) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for readiness", e);
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
                        0,
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
