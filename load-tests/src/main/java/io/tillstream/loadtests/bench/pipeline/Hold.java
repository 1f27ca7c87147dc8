package io.tillstream.loadtests.bench.pipeline;

import io.tillstream.loadtests.bench.load.LoadResult;
import io.tillstream.loadtests.bench.load.LoadSettings;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import io.tillstream.loadtests.bench.stage.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A rate held for a time, with the lag of each second.
 *
 * @param lag one sample a second of the measured time
 * @param cpuSeconds of each process in that time
 */
record Hold(LoadResult load, List<Lag.Sample> lag, Map<String, Double> cpuSeconds, Map<String, Double> peakMegabytes) {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final double ACCEPTED_SHARE_MIN = 0.98;

    /** Runs a load to its end. */
    static Hold run(PipelineStage stage, Lag lag, LoadSettings settings) {
        List<Lag.Sample> samples = new ArrayList<>();
        try (JvmProcess process = LoadResult.start(settings)) {
            long from = System.nanoTime();
            await(from + settings.warmUpSeconds() * SECOND_NANOS);
            Map<String, Usage> before = stage.usage();
            for (int second = 1; second <= settings.measuredSeconds(); second++) {
                await(from + (settings.warmUpSeconds() + second) * SECOND_NANOS);
                stage.requireAlive();
                samples.add(lag.sample());
            }
            Map<String, Usage> after = stage.usage();
            LoadResult load = LoadResult.await(process, settings);
            Map<String, Double> cpu = new LinkedHashMap<>();
            Map<String, Double> peak = new LinkedHashMap<>();
            after.forEach((name, usage) -> {
                cpu.put(name, usage.cpuSeconds() - before.get(name).cpuSeconds());
                peak.put(name, usage.peakBytes() / 1e6);
            });
            cpu.put(
                    "load, warm-up included",
                    load.found().get("generatorCpuSeconds").asDouble());
            return new Hold(load, samples, cpu, peak);
        }
    }

    private static void await(long nanos) {
        while (nanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(nanos - System.nanoTime());
        }
    }

    /** Events a second by which the lag grew: least squares over the measured time. */
    double lagGrowthPerSecond() {
        double n = lag.size();
        double meanX = (n - 1) / 2;
        double meanY = lag.stream().mapToLong(Lag.Sample::total).average().orElse(0);
        double above = 0;
        double below = 0;
        for (int x = 0; x < lag.size(); x++) {
            above += (x - meanX) * (lag.get(x).total() - meanY);
            below += (x - meanX) * (x - meanX);
        }
        return below == 0 ? 0 : above / below;
    }

    /** Whether the rate was accepted, and the lag grew over the whole time by less than one second's events. */
    boolean isSustained() {
        double rate = load.settings().perSecond();
        return load.isAnsweredWell()
                && load.acceptedPerSecond() >= ACCEPTED_SHARE_MIN * rate
                && lagGrowthPerSecond() * lag.size() <= rate;
    }

    long lagMax() {
        return lag.stream().mapToLong(Lag.Sample::total).max().orElse(0);
    }
}
