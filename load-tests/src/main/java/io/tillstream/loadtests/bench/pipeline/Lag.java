package io.tillstream.loadtests.bench.pipeline;

import io.tillstream.loadtests.bench.load.LoadCluster;
import io.tillstream.local.connection.PostingLag;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/** How many events are behind: every event of a load becomes one entry, so events in the topic less entries in the database, both since the start. */
final class Lag implements AutoCloseable {
    private static final long LOOK_NANOS = 100_000_000;
    private static final long STILL_NANOS = 3_000_000_000L;

    private final PostingLag posting;
    private final Connection connection;
    private final PreparedStatement entries;
    private long inputsBefore;
    private long entriesBefore;

    /**
     * A moment.
     *
     * @param events that have come into payments.events since the start
     * @param posting events that posting has not committed
     * @param total events that the database does not have
     */
    record Sample(long events, long posting, long total) {}

    Lag(PipelineStage stage) throws SQLException {
        posting = new PostingLag(LoadCluster.kafka(stage.cluster()));
        connection = stage.connection();
        entries = connection.prepareStatement(
                "SELECT coalesce(sum(next_sequence), 0) FROM operations.sink_offset WHERE topic = ?");
        entries.setString(1, Topics.JOURNAL.topicName());
    }

    /** Waits until nothing moves, and counts from here. */
    void begin(Duration atMost) {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        long stillSince = System.nanoTime();
        long last = -1;
        while (System.nanoTime() - stillSince < STILL_NANOS) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("The pipeline did not come to rest within " + atMost);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            long now = entries();
            if (now != last || now == 0 || posting.before(posting.inputEnds()) > 0) {
                last = now;
                stillSince = System.nanoTime();
            }
        }
        inputsBefore = inputs(posting.inputEnds());
        entriesBefore = entries();
    }

    Sample sample() {
        // Input first: what is read later may be further, never the other way round.
        Map<TopicPartition, Long> ends = posting.inputEnds();
        long events = inputs(ends) - inputsBefore;
        long behindPosting = posting.before(ends);
        return new Sample(events, behindPosting, Math.max(0, events - (entries() - entriesBefore)));
    }

    /** Waits until the database has all. @return seconds that it took */
    double drain(Duration atMost) {
        long from = System.nanoTime();
        while (sample().total() > 0) {
            if (System.nanoTime() - from > atMost.toNanos()) {
                throw new IllegalStateException("After " + atMost + " the database still lacks " + sample());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return (System.nanoTime() - from) / 1e9;
    }

    private static long inputs(Map<TopicPartition, Long> ends) {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    private long entries() {
        try (ResultSet row = entries.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not tell how many entries it has", e);
        }
    }

    @Override
    public void close() throws SQLException {
        posting.close();
        connection.close();
    }
}
