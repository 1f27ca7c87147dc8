package io.tillstream.streams.detection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What detection tells about itself. Counts also what an aborted transaction did: these are for graphs, not for audits. */
final class DetectionMeters {
    private final MeterRegistry meters;
    private final Counter attempts;
    private final Counter late;

    DetectionMeters(MeterRegistry meters) {
        this.meters = meters;
        attempts = Counter.builder("tillstream.detection.attempts")
                .description("Attempts read from the journal")
                .register(meters);
        late = Counter.builder("tillstream.detection.late.attempts")
                .description("Attempts behind the newest by more than the lateness allowed; they count for nothing")
                .register(meters);
    }

    void attempt() {
        attempts.increment();
    }

    void late() {
        late.increment();
    }

    void anomaly(String rule) {
        Counter.builder("tillstream.detection.anomalies")
                .description("Anomalies written")
                .tag("rule", rule)
                .register(meters)
                .increment();
    }
}
