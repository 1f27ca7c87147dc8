package io.tillstream.testcluster;

import com.github.dockerjava.api.model.ContainerNetwork;
import io.tillstream.embedded.Ports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startables;

/**
 * Three brokers in containers, each also a controller: replication factor 3, min.insync.replicas 2.
 *
 * <p>Brokers speak to each other on an internal network and to clients through ports of the host. {@link #freeze} makes a broker
 * answer nobody. {@link #cutOff} takes it off the internal network only: its clients still reach it, but it can neither replicate
 * nor keep its leases. (Taken off the network that publishes its port, a container would lose the port for good.)
 */
public final class ThreeBrokers implements AutoCloseable {

    private static final int COUNT = 3;

    private final String networkId;
    private final List<Node> nodes = new ArrayList<>();

    private ThreeBrokers(String networkId) {
        this.networkId = networkId;
    }

    /** Whether tests run with containers; without, there are no three brokers. */
    public static boolean areAvailable() {
        return Containers.areWanted();
    }

    /** Starts the three and waits until all have joined. */
    public static ThreeBrokers start() {
        String name = "tillstream-" + Ports.free();
        String networkId = Containers.docker()
                .createNetworkCmd()
                .withName(name)
                .withInternal(true)
                .withLabels(DockerClientFactory.DEFAULT_LABELS)
                .exec()
                .getId();
        ThreeBrokers brokers = new ThreeBrokers(networkId);
        try {
            IntStream.rangeClosed(1, COUNT).forEach(id -> brokers.nodes.add(new Node(id, networkId)));
            Startables.deepStart(brokers.nodes).join();
            Readiness.awaitBrokers(brokers.bootstrapServers(), COUNT);
            return brokers;
        } catch (RuntimeException e) {
            brokers.close();
            throw e;
        }
    }

    /** All three, host:port separated by commas. */
    public String bootstrapServers() {
        return nodes.stream().map(node -> node.address).collect(Collectors.joining(","));
    }

    /** Takes a broker (1 to 3) off the network of the brokers. */
    public void cutOff(int broker) {
        Containers.docker()
                .disconnectFromNetworkCmd()
                .withNetworkId(networkId)
                .withContainerId(node(broker).getContainerId())
                .withForce(true)
                .exec();
    }

    /** Puts a broker that was cut off back on the network. */
    public void reconnect(int broker) {
        node(broker).connect(node(broker).getContainerId());
    }

    /** Stops a broker (1 to 3) in the middle of whatever it does: nobody gets an answer, and it notices nothing until {@link #thaw}. */
    public void freeze(int broker) {
        Containers.docker().pauseContainerCmd(node(broker).getContainerId()).exec();
    }

    /** Lets a frozen broker go on, with all that it believed. */
    public void thaw(int broker) {
        Containers.docker().unpauseContainerCmd(node(broker).getContainerId()).exec();
    }

    @Override
    public void close() {
        nodes.forEach(GenericContainer::stop);
        Containers.docker().removeNetworkCmd(networkId).exec();
    }

    private Node node(int broker) {
        return nodes.get(broker - 1);
    }

    private static String alias(int id) {
        return "broker-" + id;
    }

    /** One of the three. */
    private static final class Node extends GenericContainer<Node> {

        private final int id;
        private final String networkId;
        private final String address;

        Node(int id, String networkId) {
            super(Containers.KAFKA);
            this.id = id;
            this.networkId = networkId;
            this.address = "127.0.0.1:" + Ports.free();
            setPortBindings(List.of(address + ":9092"));
            withEnv(Containers.brokerEnvironment(settings(id, address)));
            // A broker that comes back on the network may have another address there.
            withEnv("KAFKA_OPTS", "-Dsun.net.inetaddr.ttl=1 -Dsun.net.inetaddr.negative.ttl=1");
            waitingFor(
                    org.testcontainers.containers.wait.strategy.Wait.forLogMessage(".*Kafka Server started.*\\n", 1));
        }

        /** Before it starts: it is to find the others at once. */
        @Override
        protected void containerIsCreated(String containerId) {
            connect(containerId);
        }

        void connect(String containerId) {
            Containers.docker()
                    .connectToNetworkCmd()
                    .withNetworkId(networkId)
                    .withContainerId(containerId)
                    .withContainerNetwork(new ContainerNetwork().withAliases(alias(id)))
                    .exec();
        }

        private static Map<String, String> settings(int id, String address) {
            String voters = IntStream.rangeClosed(1, COUNT)
                    .mapToObj(voter -> voter + "@" + alias(voter) + ":9094")
                    .collect(Collectors.joining(","));
            Map<String, String> settings = new HashMap<>();
            settings.put("process.roles", "broker,controller");
            settings.put("node.id", Integer.toString(id));
            settings.put("controller.quorum.voters", voters);
            settings.put("controller.listener.names", "CONTROLLER");
            settings.put("listeners", "CLIENTS://:9092,BROKERS://:9093,CONTROLLER://:9094");
            settings.put("advertised.listeners", "CLIENTS://" + address + ",BROKERS://" + alias(id) + ":9093");
            settings.put("inter.broker.listener.name", "BROKERS");
            settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT");
            // Half of the defaults: a test waits for them.
            settings.put("broker.session.timeout.ms", "4500");
            settings.put("broker.heartbeat.interval.ms", "1000");
            settings.put("replica.lag.time.max.ms", "15000");
            settings.put("default.replication.factor", "3");
            settings.put("min.insync.replicas", "2");
            settings.put("offsets.topic.replication.factor", "3");
            settings.put("transaction.state.log.replication.factor", "3");
            settings.put("transaction.state.log.min.isr", "2");
            settings.put("share.coordinator.state.topic.replication.factor", "3");
            settings.put("share.coordinator.state.topic.min.isr", "2");
            return settings;
        }
    }
}
