package io.tillstream.streams.posting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Refusal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Posting's own metrics; names are documented in docs/operations.md. */
final class PostingMetrics {
    private final MeterRegistry registry;
    private final Counter entries;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
    private final Map<QuarantineReason, Counter> quarantined = new EnumMap<>(QuarantineReason.class);
    private final Map<Integer, List<Gauge>> gauges = new ConcurrentHashMap<>();

    PostingMetrics(MeterRegistry registry) {
        this.registry = registry;
        entries = registry.counter("tillstream.posting.entries");
        for (Refusal reason : Refusal.values()) {
            refused.put(reason, registry.counter("tillstream.posting.refused", "reason", reason.name()));
        }
        for (QuarantineReason reason : QuarantineReason.values()) {
            quarantined.put(reason, registry.counter("tillstream.posting.quarantined", "reason", reason.name()));
        }
    }

    void entries(int count) {
        entries.increment(count);
    }

    void refused(Refusal reason) {
        refused.get(reason).increment();
    }

    void quarantined(QuarantineReason reason) {
        quarantined.get(reason).increment();
    }

    /** Shows a partition's state; read without a lock, so a value may be a moment old. */
    void watch(int partition, Ledger ledger) {
        Tags tags = Tags.of("partition", Integer.toString(partition));
        gauges.put(
                partition,
                List.of(
                        Gauge.builder("tillstream.posting.sequence", ledger, Ledger::nextSequence)
                                .tags(tags)
                                .register(registry),
                        Gauge.builder(
                                        "tillstream.posting.state.rows",
                                        ledger,
                                        l -> l.payments().size())
                                .tags(tags)
                                .register(registry),
                        Gauge.builder(
                                        "tillstream.posting.state.bytes",
                                        ledger,
                                        l -> l.payments().bytes())
                                .tags(tags)
                                .register(registry),
                        Gauge.builder(
                                        "tillstream.posting.state.cold.rows",
                                        ledger,
                                        l -> l.payments().coldRows())
                                .tags(tags)
                                .register(registry),
                        Gauge.builder(
                                        "tillstream.posting.parked",
                                        ledger,
                                        l -> l.parked().size())
                                .tags(tags)
                                .register(registry)));
    }

    void forget(int partition) {
        List<Gauge> watched = gauges.remove(partition);
        if (watched != null) {
            watched.forEach(registry::remove);
        }
    }
}
