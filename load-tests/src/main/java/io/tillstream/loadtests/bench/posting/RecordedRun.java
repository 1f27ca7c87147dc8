package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.plot.FlameGraph;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import java.time.Duration;
import java.time.Instant;

/** A run of posting under the flight recorder. Its speed is that of a recorded run and goes into no table. */
final class RecordedRun {
    private static final double WARM_UP = 0.2;
    private static final Duration STILL = Duration.ofSeconds(3);

    /** @param graph of the samples after the first fifth of the output */
    record Found(FlameGraph graph, double eventsPerSecond, CheckResult check) {}

    private final Place place;
    private final Input input;

    RecordedRun(Place place, Input input) {
        this.place = place;
        this.input = input;
    }

    Found run(Variant variant) {
        Recording recording = new Recording(place.directory().resolve("posting.jfr"));
        TillstreamContender contender = TillstreamContender.startedBy(recording::of);
        contender.prepare(place);
        try {
            Gauge gauge = contender.gauge(place);
            long outputs = contender.outputs(input);
            Instant begun;
            Instant ended;
            Watch.Sample from;
            Watch.Sample to;
            try (JvmProcess process = contender.start(place, variant, 1)) {
                Watch watch = new Watch(place, contender, gauge, process);
                from = watch.until((long) (WARM_UP * outputs));
                begun = Instant.now();
                to = watch.untilStill(outputs, STILL);
                ended = begun.plusNanos(to.nanos() - from.nanos());
            }
            double events = (1 - (double) from.position() / to.position()) * input.events();
            return new Found(
                    recording.between(begun, ended), events / to.secondsSince(from), contender.check(place, input));
        } finally {
            contender.clear(place);
        }
    }
}
