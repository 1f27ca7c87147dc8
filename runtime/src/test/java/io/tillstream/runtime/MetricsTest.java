package io.tillstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void shouldCloseWhatWasBoundAlsoWhenOneFails() {
        AtomicInteger closed = new AtomicInteger();
        Metrics metrics = Metrics.start("streams");
        metrics.bind(new ClosingBinder(closed::incrementAndGet));
        metrics.bind(new ClosingBinder(() -> {
            throw new IllegalStateException("the client is closed already");
        }));

        metrics.close();

        assertThat(closed).hasValue(1);
    }

    @Test
    void shouldNameTenantsUpToTheBoundAndKeepTheirNames() {
        TenantTag tenants = new TenantTag(2);

        assertThat(tenants.of("norman")).isEqualTo(Tag.of("tenant", "norman"));
        assertThat(tenants.of("fresno")).isEqualTo(Tag.of("tenant", "fresno"));
        assertThat(tenants.of("tulsa")).isEqualTo(Tag.of("tenant", "other"));
        assertThat(tenants.of("norman")).isEqualTo(Tag.of("tenant", "norman"));
        assertThatThrownBy(() -> new TenantTag(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private record ClosingBinder(Runnable onClose) implements MeterBinder, AutoCloseable {
        @Override
        public void bindTo(MeterRegistry registry) {
            registry.gauge("bound", 1);
        }

        @Override
        public void close() {
            onClose.run();
        }
    }
}
