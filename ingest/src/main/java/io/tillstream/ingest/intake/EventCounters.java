package io.tillstream.ingest.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillstream.runtime.TenantTag;
import io.tillstream.schemas.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts how events ended, per tenant, channel and outcome; tenants beyond the tag's bound count together. */
public final class EventCounters {
    private record Key(String tenant, Channel channel, Outcome outcome) {}

    private final MeterRegistry meters;
    private final TenantTag tenants;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    public EventCounters(MeterRegistry meters, TenantTag tenants) {
        this.meters = meters;
        this.tenants = tenants;
    }

    /** Counts one event of a known tenant. */
    public void count(String tenant, Channel channel, Outcome outcome) {
        counters.computeIfAbsent(new Key(tenants.of(tenant).getValue(), channel, outcome), this::register)
                .increment();
    }

    private Counter register(Key key) {
        return Counter.builder("tillstream.ingest.events")
                .description("Events received, by how they ended")
                .tag("tenant", key.tenant)
                .tag("channel", key.channel.name())
                .tag("outcome", key.outcome.name())
                .register(meters);
    }
}
