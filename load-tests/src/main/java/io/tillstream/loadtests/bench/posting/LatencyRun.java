package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.JvmProcess;
import io.tillstream.loadtests.workload.Workload;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long an event takes from its append until its output can be read committed, in open loop at a given rate. */
final class LatencyRun {
    /** What stands in the topic before, as seconds of the rate: work for the compiler. */
    private static final int FIRST_SECONDS = 20;

    private static final long HIGHEST_MS = 600_000;
    private static final Duration REST_MAX = Duration.ofSeconds(60);
    private static final double COUNTED_MIN = 0.9; // repeats make no output

    private final Place place;
    private final Contender contender;
    private final WorkloadShape shape;
    private final long seed;
    private final Duration warmUp;
    private final Duration measured;

    LatencyRun(Place place, Contender contender, WorkloadShape shape, long seed, Duration warmUp, Duration measured) {
        this.place = place;
        this.contender = contender;
        this.shape = shape;
        this.seed = seed;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    Latency run(Variant variant, double perSecond) {
        Input before = Input.fill(place.cluster(), shape, seed, (long) (FIRST_SECONDS * perSecond));
        EventTape tape =
                tape(place, shape, seed + 1, (int) (perSecond * (warmUp.toMillis() + measured.toMillis()) / 1000));
        contender.prepare(place);
        try (JvmProcess process = contender.start(place, variant, 1);
                OpenLoop load = new OpenLoop(place.cluster().kafka(), tape)) {
            // What waits in the topic has to be gone: at half of its maximum a contender needs long to catch up.
            new Watch(place, contender, contender.gauge(place), process).until(contender.outputs(before));
            Histogram millis = contender instanceof PostgresContender postgres
                    ? fromTables(postgres, load, perSecond)
                    : fromTopic(load, perSecond);
            requireLoad(millis, perSecond);
            return Latency.of(variant, perSecond, millis);
        } finally {
            contender.clear(place);
        }
    }

    /** A generator or a contender that is too slow leaves events out: of those that are left nothing can be said. */
    private void requireLoad(Histogram millis, double perSecond) {
        double due = perSecond * measured.toMillis() / 1000;
        if (millis.getTotalCount() < COUNTED_MIN * due) {
            throw new IllegalStateException(
                    "of %,.0f events due in the measured time %,d came out".formatted(due, millis.getTotalCount()));
        }
    }

    /** Events of a workload whose cities' terms stand in the topic. */
    static EventTape tape(Place place, WorkloadShape shape, long seed, int events) {
        AvroCodec<PaymentEvent> codec =
                AvroCodec.of(Topics.EVENTS, PaymentEvent.class, place.cluster().registry());
        return new EventTape(new Workload(seed, shape, codec, Input.OPEN_DATE), events);
    }

    private Histogram fromTopic(OpenLoop load, double perSecond) {
        String topic = contender instanceof TillstreamContender ? Topics.JOURNAL.topicName() : place.output();
        long from = System.currentTimeMillis() + warmUp.toMillis();
        long to = from + measured.toMillis();
        Histogram millis = new ConcurrentHistogram(HIGHEST_MS, 3);
        try (OutputReader reader = OutputReader.fromNow(place.cluster().kafka(), topic, (found, now) -> {
            if (found.timestamp() >= from && found.timestamp() < to) {
                millis.recordValue(Math.min(HIGHEST_MS, Math.max(0, now - found.timestamp())));
            }
        })) {
            load.run(perSecond, to);
            awaitRest(millis);
            reader.requireReading();
        }
        return millis;
    }

    /** Until nothing has come for a while: what comes late must count. */
    private static void awaitRest(Histogram millis) {
        long giveUpAt = System.nanoTime() + REST_MAX.toNanos();
        long last = -1;
        while (System.nanoTime() < giveUpAt && last != millis.getTotalCount()) {
            last = millis.getTotalCount();
            LockSupport.parkNanos(3_000_000_000L);
        }
    }

    /** PostgreSQL tells when a row's transaction was committed. */
    private Histogram fromTables(PostgresContender postgres, OpenLoop load, double perSecond) {
        long from = System.currentTimeMillis() + warmUp.toMillis();
        long to = from + measured.toMillis();
        load.run(perSecond, to);
        Gauge gauge = postgres.gauge(place);
        long last = -1;
        while (last != gauge.position()) {
            last = gauge.position();
            LockSupport.parkNanos(3_000_000_000L);
        }
        Histogram millis = new Histogram(HIGHEST_MS, 3);
        String query =
                "SELECT greatest(0, (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::bigint - appended_at)"
                        + " FROM bench.event WHERE appended_at >= " + from + " AND appended_at < " + to;
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                millis.recordValue(Math.min(HIGHEST_MS, rows.getLong(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The commit times could not be read", e);
        }
        return millis;
    }
}
