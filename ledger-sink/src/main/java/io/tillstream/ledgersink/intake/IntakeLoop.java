package io.tillstream.ledgersink.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillstream.ledgersink.database.DatabaseFaults;
import io.tillstream.ledgersink.intake.IntakeStatus.Phase;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that polls, lets an intake make rows, and stores them with their positions. An outage of the database, the registry or
 * the brokers is waited for in the group, paused; a fenced writer forgets all and joins anew; a broken invariant stops it for good.
 */
public final class IntakeLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IntakeLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(2);
    private static final Duration REJOIN_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final Intake intake;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final RowWriter writer;
    private final IntakeMeters meters;
    private final java.util.function.Consumer<String> onFault;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile IntakeStatus status = new IntakeStatus(Phase.STARTING, "has not joined its group yet");
    private volatile Consumer<byte[], byte[]> polling;
    private Duration retry = RETRY_FIRST;

    private IntakeLoop(
            Intake intake,
            Supplier<Consumer<byte[], byte[]>> consumers,
            RowWriter writer,
            MeterRegistry registry,
            int number,
            java.util.function.Consumer<String> onFault) {
        this.intake = intake;
        this.consumers = consumers;
        this.writer = writer;
        this.meters = new IntakeMeters(registry, intake.name() + "-" + number);
        this.onFault = onFault;
        this.thread = new Thread(this::run, "sink-" + intake.name() + "-" + number);
    }

    /**
     * Starts the thread.
     *
     * @param consumers read_committed, without auto commit, auto.offset.reset none; asked again after a fence
     * @param number of this loop among those of the intake's name, from 0
     * @param onFault told once, in the loop's thread, why it has stopped for good; must not wait for that thread
     */
    public static IntakeLoop start(
            Intake intake,
            Supplier<Consumer<byte[], byte[]>> consumers,
            RowWriter writer,
            MeterRegistry registry,
            int number,
            java.util.function.Consumer<String> onFault) {
        IntakeLoop loop = new IntakeLoop(intake, consumers, writer, registry, number, onFault);
        loop.thread.start();
        return loop;
    }

    /** What the loop does now. */
    public IntakeStatus status() {
        return status;
    }

    /** Records in the topics that are not stored yet, of this loop's partitions, as of the last poll. */
    public long lag() {
        return meters.lag();
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                pollUntilFenced();
            }
            status = new IntakeStatus(Phase.CLOSED, "was told to stop");
        } catch (SQLException | RuntimeException | Error e) {
            stop(e);
        }
    }

    private void stop(Throwable e) {
        String reason = e instanceof SQLException sql ? DatabaseFaults.inOneLine(sql) : String.valueOf(e.getMessage());
        status = new IntakeStatus(Phase.STOPPED, e.getClass().getSimpleName() + ": " + reason);
        meters.stopped();
        // The driver's own text may hold pieces of rows, so only the one line is logged.
        log.error("{} stops for good: {}", thread.getName(), status.reason(), e instanceof SQLException ? null : e);
        onFault.accept(thread.getName() + ": " + status.reason());
    }

    private void pollUntilFenced() throws SQLException {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            Assignment assignment = new Assignment(consumer, writer.database(), writer.positions(), intake);
            polling = consumer;
            consumer.subscribe(intake.topics(), assignment);
            while (closing.getCount() > 0) {
                step(consumer, assignment);
            }
        } catch (WakeupException e) {
            if (closing.getCount() > 0) {
                throw e;
            }
        } catch (FencedException e) {
            meters.fenced();
            status = new IntakeStatus(Phase.STARTING, "was fenced and joins anew: " + e.getMessage());
            log.warn("{} was fenced and joins anew: {}", thread.getName(), e.getMessage());
            pause(REJOIN_PAUSE);
        } finally {
            polling = null;
        }
    }

    private void step(Consumer<byte[], byte[]> consumer, Assignment assignment) throws SQLException {
        try {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(assignment.isComplete() ? POLL : retry);
            if (!assignment.isComplete()) {
                assignment.place();
            }
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = owned(polled, assignment);
            if (!records.isEmpty()) {
                store(records, assignment);
            }
            retry = RETRY_FIRST;
            status = new IntakeStatus(Phase.RUNNING, consumer.assignment().size() + " partitions");
            meters.lag(lagOf(consumer, assignment));
        } catch (SQLException e) {
            if (!DatabaseFaults.isPassing(e)) {
                throw e;
            }
            waitFor("database: " + DatabaseFaults.inOneLine(e), assignment);
        } catch (UncheckedIOException e) {
            waitFor("schema registry: " + e.getMessage(), assignment);
        } catch (RetriableException e) {
            waitFor("brokers: " + e.getClass().getSimpleName() + ": " + e.getMessage(), assignment);
            // A poll that fails may fail at once.
            pause(retry);
        }
    }

    private void store(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records, Assignment assignment)
            throws SQLException {
        long started = System.nanoTime();
        Rows rows = intake.read(records, assignment.positions());
        writer.write(assignment.positions(), rows);
        assignment.moved(rows.after());
        meters.stored(rows.records(), System.nanoTime() - started);
    }

    /** Nothing of the poll is kept: it is read again from the stored position, whether or not the commit went through. */
    private void waitFor(String fault, Assignment assignment) {
        assignment.forget();
        meters.fault();
        String reason = "waits for the " + fault;
        if (status.phase() != Phase.WAITING) {
            log.warn("{} {}", thread.getName(), reason);
        }
        status = new IntakeStatus(Phase.WAITING, reason);
        retry = retry.multipliedBy(2).compareTo(RETRY_MAX) < 0 ? retry.multipliedBy(2) : RETRY_MAX;
    }

    private static Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> owned(
            ConsumerRecords<byte[], byte[]> polled, Assignment assignment) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            if (assignment.positions().containsKey(partition)) {
                records.put(partition, polled.records(partition));
            }
        }
        return records;
    }

    private static long lagOf(Consumer<byte[], byte[]> consumer, Assignment assignment) {
        long behind = 0;
        for (TopicPartition partition : assignment.positions().keySet()) {
            OptionalLong lag = consumer.currentLag(partition);
            behind += lag.orElse(0);
        }
        return behind;
    }

    private void pause(Duration span) {
        try {
            if (closing.await(span.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("{} closes instead of joining anew", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Tells the thread to end after the transaction under way, and does not wait for it. */
    public void halt() {
        closing.countDown();
        Consumer<byte[], byte[]> consumer = polling;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    /** Ends after the transaction under way; nothing is left half done. */
    @Override
    public void close() {
        halt();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.error("{} did not end within {} s", thread.getName(), CLOSE_LIMIT.toSeconds());
        }
    }
}
