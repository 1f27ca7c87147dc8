package io.tillstream.console.overview;

import io.tillstream.console.query.OverviewQueries;
import io.tillstream.console.query.SinkPosition;
import io.tillstream.runtime.HealthStatus;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Topics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samples Kafka, the sink's positions and the services every second, each on its own thread: one that is away holds up none of the others. */
public final class PlatformWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformWatch.class);
    private static final Duration SPAN = Duration.ofMinutes(3);
    private static final Duration STALE = Duration.ofSeconds(6);

    private final Clock clock;
    private final OverviewQueries queries;
    private final Optional<KafkaWatch> kafka;
    private final ServiceWatch services;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3, PlatformWatch::thread);
    private final List<Future<?>> samplings = new ArrayList<>();
    private final RateSeries accepted = new RateSeries(SPAN);
    private final RateSeries recorded = new RateSeries(SPAN);
    private final RateSeries refused = new RateSeries(SPAN);
    private final RateSeries quarantined = new RateSeries(SPAN);
    private volatile Heard<KafkaWatch.Positions> kafkaHeard;
    private volatile Heard<Map<Integer, Long>> journalStored;
    private volatile String kafkaTrouble = "";
    private volatile String databaseTrouble = "";

    private record Heard<T>(Instant at, T what) {}

    private PlatformWatch(
            OverviewQueries queries, Optional<KafkaSettings> kafka, Map<String, URI> services, Clock clock) {
        this.queries = queries;
        this.kafka = kafka.map(KafkaWatch::new);
        this.services = new ServiceWatch(services, clock);
        this.clock = clock;
    }

    /**
     * Starts sampling.
     *
     * @param kafka empty: rates and lags that need Kafka are not shown
     * @param services name to base address of each service's health
     */
    public static PlatformWatch start(
            OverviewQueries queries, Optional<KafkaSettings> kafka, Map<String, URI> services, Clock clock) {
        PlatformWatch watch = new PlatformWatch(queries, kafka, services, clock);
        watch.every(1, watch::sampleDatabase);
        watch.every(1, watch::sampleKafka);
        watch.every(2, watch.services::ask);
        return watch;
    }

    /** The platform as it was sampled last. */
    public Pulse pulse() {
        Instant now = clock.instant();
        Instant fresh = now.minus(STALE);
        List<String> trouble = new ArrayList<>();
        for (String found : List.of(databaseTrouble, kafkaTrouble)) {
            if (!found.isEmpty()) {
                trouble.add(found);
            }
        }
        return new Pulse(
                now,
                SPAN,
                flow(accepted, fresh),
                flow(recorded, fresh),
                flow(refused, fresh),
                flow(quarantined, fresh),
                fresh(kafkaHeard, fresh).map(heard -> Lag.between(heard.posting(), heard.events())),
                fresh(kafkaHeard, fresh)
                        .flatMap(heard ->
                                fresh(journalStored, fresh).map(stored -> Lag.between(stored, heard.journal()))),
                trouble,
                services.states());
    }

    /** Whether the database answered last time; never waits. */
    public HealthStatus databaseStatus() {
        return databaseTrouble.isEmpty() ? HealthStatus.up("answers") : HealthStatus.down(databaseTrouble);
    }

    private void every(int seconds, Runnable sampling) {
        samplings.add(threads.scheduleWithFixedDelay(guarded(sampling), 0, seconds, TimeUnit.SECONDS));
    }

    private void sampleDatabase() {
        try {
            List<SinkPosition> positions = queries.sinkPositions();
            Instant now = clock.instant();
            recorded.read(now, count(positions, Topics.JOURNAL));
            refused.read(now, count(positions, Topics.REFUSED));
            quarantined.read(now, count(positions, Topics.QUARANTINE));
            journalStored = new Heard<>(
                    now,
                    positions.stream()
                            .filter(position -> position.topic().equals(Topics.JOURNAL.topicName()))
                            .collect(Collectors.toMap(SinkPosition::partition, SinkPosition::nextOffset)));
            databaseTrouble = "";
        } catch (RuntimeException e) {
            if (databaseTrouble.isEmpty()) {
                LOG.warn("the database does not answer", e);
            }
            databaseTrouble = "The database does not answer.";
        }
    }

    private void sampleKafka() {
        if (kafka.isEmpty()) {
            kafkaTrouble = "No acceptance and no lags: the settings name no Kafka.";
            return;
        }
        try {
            KafkaWatch.Positions positions = kafka.get().positions();
            Instant now = clock.instant();
            accepted.read(
                    now,
                    positions.events().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
            kafkaHeard = new Heard<>(now, positions);
            kafkaTrouble = "";
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (kafkaTrouble.isEmpty()) {
                LOG.warn("Kafka does not answer", e);
            }
            kafkaTrouble = e.getCause() instanceof UnknownTopicOrPartitionException
                    ? "The topics are not there yet: run tillstream topics apply."
                    : "Kafka does not answer.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A sampling that breaks in a way nobody thought of is told of and tried again: a schedule would end silently. */
    private static Runnable guarded(Runnable sampling) {
        return () -> {
            try {
                sampling.run();
            } catch (RuntimeException e) {
                LOG.error("sampling broke", e);
            }
        };
    }

    private static long count(List<SinkPosition> positions, Topics topic) {
        return positions.stream()
                .filter(position -> position.topic().equals(topic.topicName()))
                .mapToLong(SinkPosition::nextSequence)
                .sum();
    }

    private static Pulse.Flow flow(RateSeries series, Instant fresh) {
        return new Pulse.Flow(series.perSecond(fresh), series.points());
    }

    private static <T> Optional<T> fresh(Heard<T> heard, Instant since) {
        return heard == null || heard.at.isBefore(since) ? Optional.empty() : Optional.of(heard.what);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "platform-watch");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        samplings.forEach(sampling -> sampling.cancel(true));
        threads.shutdownNow();
        kafka.ifPresent(KafkaWatch::close);
    }
}
