package io.tillstream.ingest.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The publisher on a real broker. */
public final class KafkaEventPublisher implements EventPublisher, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaEventPublisher.class);
    private static final long FIRST_LOOKS_EVERY_MILLIS = 50;
    private static final long LOOKS_EVERY_MILLIS = 2_000;
    private static final Duration CLOSING_MAX = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final PartitionCount cluster;
    private final Codecs codecs;
    private final Timer publishing;
    private final Counter failures;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher;
    private volatile int partitions;
    private volatile boolean isReady;
    private volatile String state = "partitions of " + Topics.EVENTS.topicName() + " are not known yet";

    /** The codecs of both topics. */
    public record Codecs(AvroCodec<PaymentEvent> events, AvroCodec<Quarantined> quarantine) {}

    /** Asks the cluster. */
    @FunctionalInterface
    public interface PartitionCount {
        /**
         * Partitions of payments.events.
         *
         * @throws ExecutionException if the topic is not there or the cluster refuses
         * @throws TimeoutException if it does not answer in time
         */
        int ask() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private KafkaEventPublisher(
            Producer<byte[], byte[]> producer, PartitionCount cluster, Codecs codecs, MeterRegistry meters) {
        this.producer = producer;
        this.cluster = cluster;
        this.codecs = codecs;
        this.publishing = Timer.builder("tillstream.ingest.publish")
                .description("From handing an event to the producer to the acknowledgement of all in-sync replicas")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(meters);
        this.failures = Counter.builder("tillstream.ingest.publish.failures")
                .description("Records that the broker did not acknowledge in time")
                .register(meters);
        this.watcher = new Thread(this::watch, "ingest-partitions");
        watcher.setDaemon(true);
    }

    /**
     * Starts to look for the partitions; ready as soon as they are known. Closing this closes the producer.
     *
     * @param producer with max.block.ms 0, so that no send can wait
     */
    public static KafkaEventPublisher start(
            Producer<byte[], byte[]> producer, PartitionCount cluster, Codecs codecs, MeterRegistry meters) {
        KafkaEventPublisher publisher = new KafkaEventPublisher(producer, cluster, codecs, meters);
        publisher.watcher.start();
        return publisher;
    }

    @Override
    public void publish(PaymentEvent event, UUID paymentId, Outcome outcome) {
        int count = partitions;
        if (count == 0) {
            outcome.told(false);
            return;
        }
        byte[] key = PaymentKeys.key(event.getTenant(), paymentId);
        long receivedAtMillis = event.getReceivedAt().toEpochMilli();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.EVENTS.topicName(),
                PaymentKeys.partition(key, count),
                receivedAtMillis,
                key,
                codecs.events().encode(event));
        long startNanos = System.nanoTime();
        send(record, isAcknowledged -> {
            publishing.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
            outcome.told(isAcknowledged);
        });
    }

    @Override
    public void quarantine(Quarantined finding) {
        byte[] key = finding.getTenant().isEmpty() ? null : finding.getTenant().getBytes(StandardCharsets.UTF_8);
        send(
                new ProducerRecord<>(
                        Topics.QUARANTINE.topicName(), key, codecs.quarantine().encode(finding)),
                isAcknowledged -> {
                    if (!isAcknowledged) {
                        log.warn("A finding for the quarantine could not be written; it is counted");
                    }
                });
    }

    /** The producer tells most failures through the callback; those that it throws end there too, so that the outcome is told once. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    private void send(ProducerRecord<byte[], byte[]> record, Outcome outcome) {
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    failures.increment();
                    log.debug("Not acknowledged: {}", failure.getClass().getSimpleName());
                }
                outcome.told(failure == null);
            });
        } catch (KafkaException | IllegalStateException e) {
            failures.increment();
            log.warn("The producer takes nothing: {}", e.getClass().getSimpleName());
            outcome.told(false);
        }
    }

    @Override
    public boolean isReady() {
        return isReady;
    }

    @Override
    public String state() {
        return state;
    }

    private void watch() {
        while (closing.getCount() > 0) {
            try {
                look();
                closing.await(isReady ? LOOKS_EVERY_MILLIS : FIRST_LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void look() throws InterruptedException {
        try {
            int found = cluster.ask();
            if (partitions != 0 && found != partitions) {
                // Keys would move to other partitions, where their duplicates cannot be seen; the old number stays in
                // use.
                tell(false, "the number of partitions has changed from " + partitions + " to " + found);
                return;
            }
            keepInMetadata();
            partitions = found;
            tell(true, found + " partitions");
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            tell(false, "the producer does not know the topics yet");
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            tell(false, "the broker does not answer: " + cause.getClass().getSimpleName());
        }
    }

    /** A topic that the producer has not used for a while falls out of its metadata, and the next send would have to wait for it. */
    private void keepInMetadata() {
        producer.partitionsFor(Topics.EVENTS.topicName());
        producer.partitionsFor(Topics.QUARANTINE.topicName());
    }

    private void tell(boolean nowReady, String nowState) {
        if (nowReady != isReady) {
            log.info("Publishing is {}: {}", nowReady ? "ready" : "not ready", nowState);
        }
        isReady = nowReady;
        state = nowState;
    }

    @Override
    public void close() {
        closing.countDown();
        watcher.interrupt();
        producer.close(CLOSING_MAX);
    }
}
