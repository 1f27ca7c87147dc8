package io.tillstream.testcluster;

import io.tillstream.embedded.Ports;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** One broker in a container, published on a port that it keeps. */
final class BrokerInContainer implements BrokerServer {

    private static final int CLIENT_PORT = 9092;

    private final GenericContainer<?> container = new GenericContainer<>(Containers.KAFKA);
    private final String bootstrapServers;

    BrokerInContainer() {
        int port = Ports.free();
        bootstrapServers = "127.0.0.1:" + port;
        container.setPortBindings(List.of(bootstrapServers + ":" + CLIENT_PORT));
        container
                .withEnv(Containers.brokerEnvironment(Map.of(
                        "process.roles", "broker,controller",
                        "node.id", "1",
                        "controller.quorum.voters", "1@localhost:9094",
                        "controller.listener.names", "CONTROLLER",
                        "listeners", "CLIENTS://:9092,BROKERS://localhost:9093,CONTROLLER://localhost:9094",
                        "advertised.listeners", "CLIENTS://" + bootstrapServers + ",BROKERS://localhost:9093",
                        "inter.broker.listener.name", "BROKERS",
                        "listener.security.protocol.map", "CLIENTS:PLAINTEXT,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT")))
                .waitingFor(Wait.forLogMessage(".*Kafka Server started.*\\n", 1))
                .start();
        Readiness.awaitBrokers(bootstrapServers, 1);
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void stop() {
        Containers.stop(container.getContainerId());
    }

    @Override
    public void start() {
        Containers.start(container.getContainerId());
        Readiness.awaitBrokers(bootstrapServers, 1);
    }

    @Override
    public void close() {
        container.stop();
    }
}
