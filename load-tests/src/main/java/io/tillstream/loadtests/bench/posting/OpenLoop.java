package io.tillstream.loadtests.bench.posting;

import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Appends events at a rate, come what may. Each record's timestamp is the moment at which it was due, not at which it was sent: what
 * waits because the broker or this sender is late counts as waiting (no coordinated omission).
 */
final class OpenLoop implements AutoCloseable {
    private static final long TICK_NANOS = 1_000_000;

    private final EventTape tape;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private int next;

    OpenLoop(Map<String, Object> kafka, EventTape tape) {
        this.tape = tape;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 256L << 20);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends so many at once, due now. */
    void burst(int events) {
        long now = System.currentTimeMillis();
        for (int i = 0; i < events; i++) {
            send(now);
        }
        producer.flush();
        requireSent();
    }

    /** Sends until the tape ends or {@code untilMs} of the wall clock. Returns the number of events sent. */
    int run(double perSecond, long untilMs) {
        long start = System.nanoTime();
        long startMs = System.currentTimeMillis();
        int sent = 0;
        while (next < tape.size() && System.currentTimeMillis() < untilMs) {
            double elapsed = (System.nanoTime() - start) / 1e9;
            int due = (int) (elapsed * perSecond);
            for (; sent < due && next < tape.size(); sent++) {
                send(dueMs(startMs, sent, perSecond));
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        producer.flush();
        requireSent();
        return sent;
    }

    /** When an event is due, in milliseconds of the wall clock. */
    static long dueMs(long startMs, long sent, double perSecond) {
        return startMs + (long) (sent * 1000 / perSecond);
    }

    /** Events sent so far. */
    int sent() {
        return next;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells what the future would
    private void send(long dueMs) {
        byte[] key = tape.key(next);
        int partition = PaymentKeys.partition(key, Place.PARTITIONS);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.EVENTS.topicName(), partition, dueMs, key, tape.value(next++));
        producer.send(record, (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    private void requireSent() {
        if (failure.get() != null) {
            throw new IllegalStateException("An event could not be appended", failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
