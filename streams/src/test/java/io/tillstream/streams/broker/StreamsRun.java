package io.tillstream.streams.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A topology run by Kafka Streams exactly once; the first exception that leaves a thread stops it. */
public final class StreamsRun implements AutoCloseable {
    private static final Duration CLOSING_MAX = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    private StreamsRun(KafkaStreams streams) {
        this.streams = streams;
    }

    /** @param clients that the role has in the product */
    public static StreamsRun start(
            String applicationId,
            Topology topology,
            KafkaClientSupplier clients,
            String bootstrapServers,
            Path stateDirectory) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                applicationId,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                100,
                StreamsConfig.STATE_DIR_CONFIG,
                stateDirectory.toString(),
                StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                "earliest",
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                10_000));
        StreamsRun run = new StreamsRun(new KafkaStreams(topology, properties, clients));
        run.streams.setUncaughtExceptionHandler(thrown -> {
            run.failure.complete(thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        run.streams.start();
        return run;
    }

    /** Completed with what stopped it. */
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    /** Leaves the group, so that the next one need not wait for the session's end. */
    @Override
    public void close() {
        CloseOptions leaving = CloseOptions.timeout(CLOSING_MAX)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
        if (!streams.close(leaving)) {
            throw new IllegalStateException("Kafka Streams did not close within " + CLOSING_MAX);
        }
    }
}
