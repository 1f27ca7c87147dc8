package io.tillstream.streams;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tillstream.runtime.HealthStatus;
import io.tillstream.runtime.Metrics;
import io.tillstream.streams.batch.BatchClients;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One application of Kafka Streams with its health. */
final class RunningRole implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunningRole.class);
    private static final Duration CLOSING_MAX = Duration.ofSeconds(10);

    private final StreamsRole role;
    private final KafkaStreams streams;
    private final AtomicReference<String> fault = new AtomicReference<>();

    private final Consumer<String> onFault;

    private RunningRole(StreamsRole role, KafkaStreams streams, Consumer<String> onFault) {
        this.role = role;
        this.streams = streams;
        this.onFault = onFault;
    }

    static RunningRole start(
            StreamsRole role, Topology topology, Properties properties, Metrics metrics, Consumer<String> onFault) {
        KafkaStreams streams = role == StreamsRole.POSTING
                ? new KafkaStreams(topology, properties, new BatchClients())
                : new KafkaStreams(topology, properties);
        RunningRole running = new RunningRole(role, streams, onFault);
        running.streams.setUncaughtExceptionHandler(running::onException);
        metrics.bind(new KafkaStreamsMetrics(running.streams));
        TakeoverMeters takeovers = new TakeoverMeters(metrics.registry(), role.applicationId());
        running.streams.setGlobalStateRestoreListener(takeovers);
        running.streams.setStandbyUpdateListener(takeovers);
        running.streams.start();
        return running;
    }

    /** Down for good: a broken invariant, or no thread is left. */
    HealthStatus live() {
        String reason = fault.get();
        if (reason != null) {
            return HealthStatus.down(reason);
        }
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.ERROR
                ? HealthStatus.down("all stream threads have died")
                : HealthStatus.up(state.name());
    }

    /** Whether it processes: neither restoring nor stopping. */
    HealthStatus ready() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING ? HealthStatus.up(state.name()) : HealthStatus.down(state.name());
    }

    /** What may pass gets a new thread, which goes on from the last commit; anything else stops the application, loudly. */
    private StreamThreadExceptionResponse onException(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (mayPass(cause)) {
                log.warn("{}: a stream thread is replaced", role.applicationId(), thrown);
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            }
        }
        fault.set("stopped by " + thrown);
        onFault.accept(role.applicationId());
        log.error("{} stops: it can't go on without risking wrong postings", role.applicationId(), thrown);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /**
     * A transaction that its coordinator has ended, after its time was up, is like one that was never begun. And a broker that has just
     * started does not know all topics yet: that they exist was seen at the start.
     */
    static boolean mayPass(Throwable cause) {
        return cause instanceof UncheckedIOException
                || cause instanceof RetriableException
                || cause instanceof InvalidTxnStateException
                || cause instanceof MissingSourceTopicException;
    }

    @Override
    public void close() {
        if (!streams.close(CLOSING_MAX)) {
            log.warn(
                    "{} did not close within {}; what was not committed is processed again",
                    role.applicationId(),
                    CLOSING_MAX);
        }
    }
}
