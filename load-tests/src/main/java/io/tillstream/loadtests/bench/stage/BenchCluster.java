package io.tillstream.loadtests.bench.stage;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.embedded.EmbeddedBroker;
import io.tillstream.embedded.EmbeddedRegistry;
import io.tillstream.schemas.Registries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** One broker in a process of its own with a fixed heap, and the schema registry. */
public final class BenchCluster implements AutoCloseable {
    private static final int BROKER_HEAP_MEGABYTES = 1024;
    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final String READY = "READY ";

    private final JvmProcess broker;
    private final EmbeddedRegistry registry;
    private final Topology topology;

    private record Topology(String bootstrapServers, Admin admin, SchemaRegistryClient registry) {}

    private BenchCluster(JvmProcess broker, EmbeddedRegistry registry, Topology topology) {
        this.broker = broker;
        this.registry = registry;
        this.topology = topology;
    }

    /** Starts both with their data under the directory. */
    public static BenchCluster start(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JvmPlan plan = JvmPlan.of(EmbeddedBroker.class, BROKER_HEAP_MEGABYTES);
        JvmProcess broker = JvmProcess.start(
                "broker", plan, directory, directory.resolve("broker").toString(), "0");
        try {
            String servers = broker.awaitLine(READY, START_MAX).substring(READY.length());
            EmbeddedRegistry registry = EmbeddedRegistry.start(directory.resolve("registry"), servers, 0);
            Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
            deleteAtOnce(admin);
            return new BenchCluster(broker, registry, new Topology(servers, admin, Registries.connect(registry.url())));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /**
     * Removes a deleted topic's files at once and not within a minute. Where free memory goes back to a virtual machine's host, a page
     * is much slower the first time it is written; whose run happened to get the pages of files just removed was faster by a third.
     */
    private static void deleteAtOnce(Admin admin) {
        ConfigResource allBrokers = new ConfigResource(ConfigResource.Type.BROKER, "");
        AlterConfigOp set =
                new AlterConfigOp(new ConfigEntry("log.segment.delete.delay.ms", "100"), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(allBrokers, List.of(set)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker could not be set up", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker was set up", e);
        }
    }

    public String bootstrapServers() {
        return topology.bootstrapServers();
    }

    /** Settings of a client. */
    public Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", topology.bootstrapServers());
    }

    public Admin admin() {
        return topology.admin();
    }

    public SchemaRegistryClient registry() {
        return topology.registry();
    }

    public String registryUrl() {
        return registry.url();
    }

    public long brokerPid() {
        return broker.pid();
    }

    /** The cluster's topics. */
    public TopicKeeper topics() {
        return new TopicKeeper(topology.admin());
    }

    @Override
    public void close() {
        topology.admin().close();
        registry.close();
        broker.close();
    }
}
