package io.tillstream.ingest.tenants;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.UnreadableRecordException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tenants and controls into the directory for as long as the process runs. When the consumer fails it starts from the
 * beginning and replaces what was known only when it has read to the end again.
 */
public final class DirectoryReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CALL_MAX = Duration.ofSeconds(10);
    private static final long RETRY_AFTER_MILLIS = 500;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Codecs codecs;
    private final TenantProfiles profiles;
    private final TenantDirectory directory;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile String failure = "";

    /** The codecs of both topics. */
    public record Codecs(AvroCodec<Tenant> tenants, AvroCodec<Suspension> controls) {}

    private DirectoryReader(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Codecs codecs,
            TenantProfiles profiles,
            TenantDirectory directory) {
        this.consumers = consumers;
        this.codecs = codecs;
        this.profiles = profiles;
        this.directory = directory;
        this.thread = new Thread(this::run, "ingest-directory");
    }

    /**
     * Starts the reader's thread.
     *
     * @param consumers makes a consumer that reads committed records from the beginning and commits nothing
     */
    public static DirectoryReader start(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Codecs codecs,
            TenantProfiles profiles,
            TenantDirectory directory) {
        DirectoryReader reader = new DirectoryReader(consumers, codecs, profiles, directory);
        reader.thread.start();
        return reader;
    }

    /** False when the thread has died, which nothing but a new start of the process mends. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Why reading fails at the moment; empty while it goes well. */
    public String failure() {
        return failure;
    }

    private void run() {
        while (!isClosing()) {
            try (Consumer<byte[], byte[]> opened = consumers.get()) {
                consumer = opened;
                readOn(opened);
            } catch (WakeupException e) {
                log.debug("Woken to close");
            } catch (KafkaException | UncheckedIOException e) {
                failure = e.getClass().getSimpleName();
                log.warn("Tenants and controls cannot be read, trying again", e);
                pause();
            }
        }
    }

    private void readOn(Consumer<byte[], byte[]> from) {
        List<TopicPartition> partitions = partitions(from);
        if (partitions.isEmpty()) {
            failure = "topics tenants and controls are not there yet";
            pause();
            return;
        }
        from.assign(partitions);
        from.seekToBeginning(partitions);
        DirectoryState state = new DirectoryState();
        Map<TopicPartition, Long> ends = from.endOffsets(partitions, CALL_MAX);
        while (!isClosing() && !isAtEnd(from, ends)) {
            apply(from.poll(POLL), state);
        }
        directory.replace(state);
        failure = "";
        log.info("Read {} tenants, {} suspensions", directory.tenantCount(), directory.suspensionCount());
        while (!isClosing()) {
            ConsumerRecords<byte[], byte[]> records = from.poll(POLL);
            if (!records.isEmpty()) {
                DirectoryState changed = directory.copy();
                apply(records, changed);
                directory.replace(changed);
            }
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> from) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topics topic : List.of(Topics.TENANTS, Topics.CONTROLS)) {
            List<PartitionInfo> found = from.partitionsFor(topic.topicName(), CALL_MAX);
            if (found == null || found.isEmpty()) {
                return List.of();
            }
            found.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return partitions;
    }

    private static boolean isAtEnd(Consumer<byte[], byte[]> from, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> from.position(end.getKey(), CALL_MAX) >= end.getValue());
    }

    private void apply(ConsumerRecords<byte[], byte[]> records, DirectoryState state) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                apply(record, state);
            } catch (UnreadableRecordException | DateTimeException | IllegalArgumentException e) {
                // The last readable version stays in force; a new apply or suspend mends it.
                log.error(
                        "Record {} of {} is not used: {}",
                        record.offset(),
                        record.topic(),
                        e.getClass().getSimpleName());
            }
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record, DirectoryState state) {
        boolean isTenant = record.topic().equals(Topics.TENANTS.topicName());
        if (record.value() == null) {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (isTenant) {
                state.removeTenant(key);
            } else {
                state.removeSuspension(key);
            }
        } else if (isTenant) {
            state.put(profiles.of(codecs.tenants().decode(record.value())));
        } else {
            state.put(codecs.controls().decode(record.value()));
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(RETRY_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown(); // someone wants this thread to end
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(CALL_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
