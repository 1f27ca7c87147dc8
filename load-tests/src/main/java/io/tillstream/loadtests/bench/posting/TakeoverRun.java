package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.JvmProcess;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** SIGKILL of posting under load with a large state, with and without a standby. */
final class TakeoverRun {
    private static final double EVENTS_PER_SECOND = 2_000;
    private static final int FIRST_EVENTS = 5_000;
    private static final int STEADY_SECONDS = 10;
    private static final int LOAD_SECONDS = 90;
    private static final Duration SETTLED = Duration.ofSeconds(15);
    private static final long PARTITIONS_AWAITED_MAX_MS = 60_000;

    private final Place place;
    private final WorkloadShape shape;
    private final long seed;

    TakeoverRun(Place place, WorkloadShape shape, long seed) {
        this.place = place;
        this.shape = shape;
        this.seed = seed;
    }

    Takeover run(Variant variant, long payments, boolean standby) {
        Input.fill(place.cluster(), shape, seed, 0);
        EventTape tape = LatencyRun.tape(place, shape, seed, (int) (FIRST_EVENTS + LOAD_SECONDS * EVENTS_PER_SECOND));
        TillstreamContender contender =
                standby ? TillstreamContender.withStandby(payments) : TillstreamContender.onJournal(payments);
        contender.prepare(place);
        List<JvmProcess> processes = new ArrayList<>();
        try (OpenLoop load = new OpenLoop(place.cluster().kafka(), tape)) {
            new JournalFiller(place.cluster(), shape, seed).fill(payments);
            Gauge gauge = contender.gauge(place);
            processes.add(contender.start(place, variant, "victim", TillstreamContender.freePort()));
            if (standby) {
                processes.add(contender.start(place, variant, "heir", TillstreamContender.freePort()));
            }
            return killed(contender, variant, new Scene(load, gauge, processes, tape, payments, standby));
        } finally {
            processes.forEach(JvmProcess::close);
            contender.clear(place);
        }
    }

    private record Scene(
            OpenLoop load, Gauge gauge, List<JvmProcess> processes, EventTape tape, long payments, boolean standby) {}

    private Takeover killed(TillstreamContender contender, Variant variant, Scene scene) {
        JvmProcess victim = scene.processes().get(0);
        scene.load().burst(FIRST_EVENTS);
        new Watch(place, contender, scene.gauge(), victim).until(FIRST_EVENTS * 9L / 10);
        CompletableFuture<Void> sending =
                CompletableFuture.runAsync(() -> scene.load().run(EVENTS_PER_SECOND, Long.MAX_VALUE));
        long[] delays = delays(() -> {
            LockSupport.parkNanos(STEADY_SECONDS * 1_000_000_000L);
            victim.killHard();
            if (!scene.standby()) {
                scene.processes().add(contender.start(place, variant, "successor", TillstreamContender.freePort()));
            }
        });
        sending.join();
        JvmProcess last = scene.processes().get(scene.processes().size() - 1);
        new Watch(place, contender, scene.gauge(), last)
                .untilStill(scene.tape().expected().accepted(), SETTLED);
        Input input =
                new Input(shape, seed, scene.tape().size(), 0, 0, scene.tape().expected());
        return new Takeover(
                scene.payments(),
                scene.standby(),
                Arrays.stream(delays).min().orElseThrow(),
                Arrays.stream(delays).max().orElseThrow(),
                contender.check(place, input));
    }

    /** For each partition the time from the kill to the first entry of an event that was appended after it. */
    private long[] delays(Runnable kill) {
        AtomicLong killedAt = new AtomicLong(Long.MAX_VALUE);
        AtomicLongArray firsts = new AtomicLongArray(Place.PARTITIONS);
        try (OutputReader reader =
                OutputReader.fromNow(place.cluster().kafka(), Topics.JOURNAL.topicName(), (found, now) -> {
                    if (found.timestamp() > killedAt.get()) {
                        firsts.compareAndSet(found.partition(), 0, now);
                    }
                })) {
            kill.run();
            killedAt.set(System.currentTimeMillis());
            long giveUpAt = killedAt.get() + PARTITIONS_AWAITED_MAX_MS;
            while (System.currentTimeMillis() < giveUpAt && !isComplete(firsts)) {
                reader.requireReading();
                LockSupport.parkNanos(10_000_000);
            }
        }
        long[] delays = new long[Place.PARTITIONS];
        for (int partition = 0; partition < delays.length; partition++) {
            long first = firsts.get(partition);
            delays[partition] = first == 0 ? PARTITIONS_AWAITED_MAX_MS : first - killedAt.get();
        }
        return delays;
    }

    private static boolean isComplete(AtomicLongArray firsts) {
        for (int partition = 0; partition < firsts.length(); partition++) {
            if (firsts.get(partition) == 0) {
                return false;
            }
        }
        return true;
    }
}
