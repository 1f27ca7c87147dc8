package io.tillstream.streams.detection;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.schemas.Registries;
import io.tillstream.streams.settlement.SettlementTopology;
import io.tillstream.streams.settlement.WaitingBatches;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Detection and settlement in a process of their own, to be killed: {@code BOOTSTRAP REGISTRY STATE_DIRECTORY}. */
final class WatchersProcess {
    static final String READY = "both are running";

    private WatchersProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        SchemaRegistryClient registry = Registries.connect(arguments[1]);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        CountDownLatch running = new CountDownLatch(2);
        start(
                arguments,
                DetectionTopology.build(DetectionRules.defaults(), registry, meters),
                DetectionTopology.properties(),
                running);
        start(
                arguments,
                SettlementTopology.build(registry, new WaitingBatches(meters)),
                SettlementTopology.properties(),
                running);
        running.await();
        System.out.println(READY);
        new CountDownLatch(1).await();
    }

    private static void start(
            String[] arguments, Topology topology, Map<String, Object> needs, CountDownLatch running) {
        Properties properties = new Properties();
        properties.putAll(needs);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(arguments[2]).toAbsolutePath().toString());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        KafkaStreams streams = new KafkaStreams(topology, properties);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
        });
        streams.start();
    }
}
