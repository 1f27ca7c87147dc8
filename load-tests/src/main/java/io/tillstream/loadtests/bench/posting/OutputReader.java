package io.tillstream.loadtests.bench.posting;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic's committed records in a thread of its own, each with the wall clock's time at which it came. */
final class OutputReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int START_SECONDS_MAX = 30;

    private final Map<String, Object> settings;
    private final String topic;
    private final ObjLongConsumer<ConsumerRecord<byte[], byte[]>> sink;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * Reads what comes from now on.
     *
     * @param sink gets the record and the time; called by one thread
     */
    static OutputReader fromNow(
            Map<String, Object> kafka, String topic, ObjLongConsumer<ConsumerRecord<byte[], byte[]>> sink) {
        return new OutputReader(kafka, topic, sink);
    }

    private OutputReader(
            Map<String, Object> kafka, String topic, ObjLongConsumer<ConsumerRecord<byte[], byte[]>> sink) {
        settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        this.topic = topic;
        this.sink = sink;
        thread = new Thread(this::read, "output-reader");
        thread.setUncaughtExceptionHandler((reader, e) -> failure.set(e));
        thread.start();
        awaitReading();
    }

    private void awaitReading() {
        try {
            if (!reading.await(START_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The output can't be read", failure.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the reader started", e);
        }
    }

    private void read() {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            var all = IntStream.range(0, Place.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
            reading.countDown();
            while (!stopped) {
                var found = consumer.poll(POLL);
                long now = System.currentTimeMillis();
                found.forEach(each -> sink.accept(each, now));
            }
        }
    }

    /** @throws IllegalStateException if reading has failed */
    void requireReading() {
        if (failure.get() != null) {
            throw new IllegalStateException("The output could not be read", failure.get());
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the reader ended", e);
        }
    }
}
