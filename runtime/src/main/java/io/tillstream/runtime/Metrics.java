package io.tillstream.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of one service, each with the tag {@code service}, in Prometheus' text format. */
public final class Metrics implements AutoCloseable {
    /** The media type of {@link #scrape}. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Logger log = LoggerFactory.getLogger(Metrics.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> bound = new ArrayDeque<>();

    private Metrics(String service) {
        registry.config().commonTags("service", service);
    }

    /** A registry with the virtual machine's own meters bound. */
    public static Metrics start(String service) {
        Metrics metrics = new Metrics(service);
        metrics.bind(new ClassLoaderMetrics());
        metrics.bind(new JvmMemoryMetrics());
        metrics.bind(new JvmGcMetrics());
        metrics.bind(new JvmThreadMetrics());
        metrics.bind(new ProcessorMetrics());
        metrics.bind(new FileDescriptorMetrics());
        metrics.bind(new UptimeMetrics());
        return metrics;
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Binds a library's meters (a Kafka client's, a pool's) and closes them with this. */
    public synchronized void bind(MeterBinder binder) {
        binder.bindTo(registry);
        if (binder instanceof AutoCloseable closeable) {
            bound.push(closeable);
        }
    }

    /** Every meter, as Prometheus reads it. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public synchronized void close() {
        while (!bound.isEmpty()) {
            closeQuietly(bound.pop());
        }
        registry.close();
    }

    /** A meter that cannot be unbound must not keep the service from closing. */
    private static void closeQuietly(AutoCloseable meter) {
        try {
            meter.close();
        } catch (Exception e) {
            log.warn("Meters of {} could not be closed", meter.getClass().getSimpleName(), e);
        }
    }
}
