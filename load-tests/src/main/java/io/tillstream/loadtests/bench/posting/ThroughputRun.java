package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.JvmProcess;
import java.time.Duration;

/**
 * How fast a contender works off a full topic. Measured is the last quarter of the output, by what can be
 * read committed; what is before, with the process's start and most of the compiler's work, does not count. The end counts with its last commit.
 */
final class ThroughputRun {
    /** For results. */
    static final String MEASURED = "the last quarter of the readable output";

    private static final double WARM_UP = 0.75;
    private static final double SWEEP_UNTIL = 0.95;
    private static final Duration SWEEP_WARM_UP_MAX = Duration.ofSeconds(30);
    private static final Duration SWEEP_MAX = Duration.ofSeconds(15);
    private static final double KILL_AT = 0.8;
    private static final Duration STILL_MIN = Duration.ofSeconds(3);

    private final Place place;
    private final Contender contender;
    private final Input input;

    ThroughputRun(Place place, Contender contender, Input input) {
        this.place = place;
        this.contender = contender;
        this.input = input;
    }

    /** A whole run with its check. */
    Run run(Variant variant) {
        contender.prepare(place);
        try {
            return prepared(variant);
        } finally {
            contender.clear(place);
        }
    }

    /** The same without making and removing topics: for one that goes on where another run has left the topics. */
    Run prepared(Variant variant) {
        Gauge gauge = contender.gauge(place);
        long outputs = contender.outputs(input);
        long bytesBefore = contender.bytesWritten(place);
        Run measured;
        try (JvmProcess process = contender.start(place, variant, 1)) {
            Watch watch = new Watch(place, contender, gauge, process);
            Watch.Sample from = watch.until((long) (WARM_UP * outputs));
            Duration still = Duration.ofMillis(Math.max(STILL_MIN.toMillis(), 4L * variant.commitIntervalMs()));
            Watch.Sample to = watch.untilStill(outputs, still);
            measured = measured(variant, from, to, bytesBefore);
        }
        CheckResult check = contender.check(place, input);
        return new Run(
                measured.variant(),
                measured.eventsPerSecond(),
                measured.measuredSeconds(),
                measured.applicationCpuSeconds(),
                measured.brokerCpuSeconds(),
                measured.bytesPerEvent(),
                measured.residentMegabytes(),
                check);
    }

    private Run measured(Variant variant, Watch.Sample from, Watch.Sample to, long bytesBefore) {
        double share = 1 - (double) from.position() / to.position();
        double events = share * input.events();
        double seconds = to.secondsSince(from);
        double million = events / 1e6;
        long bytes = contender.bytesWritten(place) - bytesBefore;
        return new Run(
                variant.toString(),
                events / seconds,
                seconds,
                (to.application().cpuSeconds() - from.application().cpuSeconds()) / million,
                (to.broker().cpuSeconds() - from.broker().cpuSeconds()) / million,
                (double) bytes / input.events(),
                to.application().peakBytes() >> 20,
                null);
    }

    /** Events per second of a part of the input, a shorter one for who is slow, to choose between settings; unchecked. */
    double sweep(Variant variant) {
        contender.prepare(place);
        try (JvmProcess process = contender.start(place, variant, 1)) {
            long outputs = contender.outputs(input);
            Watch watch = new Watch(place, contender, contender.gauge(place), process);
            Watch.Sample from = watch.until((long) (WARM_UP * outputs), SWEEP_WARM_UP_MAX);
            Watch.Sample to = watch.until((long) (SWEEP_UNTIL * outputs), SWEEP_MAX);
            double share = (double) (to.position() - from.position()) / outputs;
            return share * input.events() / to.secondsSince(from);
        } finally {
            contender.clear(place);
        }
    }

    /** Killed by SIGKILL in the middle, started again, then run to its end; the check says whether anything is lost or doubled. */
    CheckResult killed(Variant variant) {
        contender.prepare(place);
        try {
            Gauge gauge = contender.gauge(place);
            long outputs = contender.outputs(input);
            try (JvmProcess process = contender.start(place, variant, 1)) {
                new Watch(place, contender, gauge, process).until((long) (KILL_AT * outputs));
                process.killHard();
            }
            try (JvmProcess process = contender.start(place, variant, 2)) {
                new Watch(place, contender, gauge, process).untilStill(outputs, Duration.ofSeconds(15));
            }
            return contender.check(place, input);
        } finally {
            contender.clear(place);
        }
    }
}
