package io.tillstream.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * How far this process's standbys are behind, and how much it had to read before it could take over: a takeover by a warm standby
 * restores next to nothing. Called by Streams' own threads.
 */
final class TakeoverMeters implements StateRestoreListener, StandbyUpdateListener {
    private record Standby(AtomicLong lag, Gauge gauge) {}

    private final MeterRegistry meters;
    private final String application;
    private final Counter restored;
    private final Map<TopicPartition, Standby> standbys = new ConcurrentHashMap<>();

    TakeoverMeters(MeterRegistry meters, String application) {
        this.meters = meters;
        this.application = application;
        restored = Counter.builder("tillstream.streams.restored")
                .description("Records read from changelogs before partitions could be processed here")
                .tag("application", application)
                .register(meters);
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long startingOffset, long endingOffset) {
        // What it reads is counted batch by batch.
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEndOffset, long records) {
        restored.increment((double) records);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long records) {
        // Counted batch by batch.
    }

    @Override
    public void onUpdateStart(TopicPartition changelog, String store, long startingOffset) {
        // Where the changelog ends is known with the first batch.
    }

    @Override
    public void onBatchLoaded(
            TopicPartition changelog,
            String store,
            TaskId task,
            long batchEndOffset,
            long records,
            long currentEndOffset) {
        standbys.computeIfAbsent(changelog, this::standby)
                .lag()
                .set(Math.max(0, currentEndOffset - batchEndOffset - 1));
    }

    private Standby standby(TopicPartition changelog) {
        AtomicLong lag = new AtomicLong();
        return new Standby(
                lag,
                Gauge.builder("tillstream.streams.standby.lag", lag, AtomicLong::get)
                        .description(
                                "Offsets of the changelog that this process's standby had not read at its last batch")
                        .tag("application", application)
                        .tag("topic", changelog.topic())
                        .tag("partition", Integer.toString(changelog.partition()))
                        .register(meters));
    }

    /** Promoted to active, or given to another process. */
    @Override
    public void onUpdateSuspended(
            TopicPartition changelog, String store, long storeOffset, long currentEndOffset, SuspendReason reason) {
        Standby standby = standbys.remove(changelog);
        if (standby != null) {
            meters.remove(standby.gauge());
        }
    }
}
