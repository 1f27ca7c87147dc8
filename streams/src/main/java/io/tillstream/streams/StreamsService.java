package io.tillstream.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.runtime.Health;
import io.tillstream.runtime.Metrics;
import io.tillstream.runtime.Ops;
import io.tillstream.runtime.OpsServer;
import io.tillstream.runtime.Shutdown;
import io.tillstream.schemas.Registries;
import io.tillstream.streams.detection.DetectionTopology;
import io.tillstream.streams.posting.PostingTopology;
import io.tillstream.streams.settlement.SettlementTopology;
import io.tillstream.streams.settlement.WaitingBatches;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.Topology;

/** Table of contents of the streams process: check the cluster, then posting, detection and settlement as the roles say. */
public final class StreamsService implements AutoCloseable {
    private static final Duration CLOSING_MAX = Duration.ofSeconds(30);

    private final Shutdown parts = new Shutdown(CLOSING_MAX);
    private final Health health = new Health();
    private final OpsServer ops;

    /** Starts with faults shown by /health/live only. */
    public static StreamsService start(StreamsSettings settings) {
        return start(settings, reason -> {});
    }

    /**
     * Starts the roles.
     *
     * @param onFault told, with the reason, when a role has stopped for good
     * @throws IllegalStateException if the cluster does not have what is needed, or a schema is not registered
     */
    public static StreamsService start(StreamsSettings settings, Consumer<String> onFault) {
        int eventPartitions = checkCluster(settings);
        return new StreamsService(settings, eventPartitions, onFault);
    }

    private StreamsService(StreamsSettings settings, int eventPartitions, Consumer<String> onFault) {
        Metrics metrics = parts.add("metrics", Metrics.start("streams"));
        SchemaRegistryClient registry = Registries.connect(settings.registryUrl());
        for (StreamsRole role : settings.roles()) {
            Topology topology = topology(role, settings, registry, eventPartitions, metrics);
            Properties properties = StreamsProperties.of(role, settings, needs(role));
            RunningRole running =
                    parts.add(role.applicationId(), RunningRole.start(role, topology, properties, metrics, onFault));
            health.live(role.applicationId(), running::live).ready(role.applicationId() + "-running", running::ready);
        }
        // After the roles: asked before they are known, it would say that all is well.
        ops = parts.add("ops", OpsServer.start(settings.opsHost(), settings.opsPort(), new Ops(health, metrics)));
    }

    private static Topology topology(
            StreamsRole role,
            StreamsSettings settings,
            SchemaRegistryClient registry,
            int eventPartitions,
            Metrics metrics) {
        return switch (role) {
            case POSTING ->
                PostingTopology.build(registry, eventPartitions, settings.postingHotRows(), metrics.registry());
            case DETECTION -> DetectionTopology.build(settings.detection(), registry, metrics.registry());
            case SETTLEMENT -> SettlementTopology.build(registry, new WaitingBatches(metrics.registry()));
        };
    }

    private static Map<String, Object> needs(StreamsRole role) {
        return switch (role) {
            case POSTING -> PostingTopology.properties();
            case DETECTION -> DetectionTopology.properties();
            case SETTLEMENT -> SettlementTopology.properties();
        };
    }

    private static int checkCluster(StreamsSettings settings) {
        try (Admin admin = Admin.create(settings.kafka().with(Map.of()))) {
            return ClusterCheck.eventPartitions(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The cluster at " + settings.kafka().bootstrapServers() + " can't be checked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the cluster was checked", e);
        }
    }

    /** What /health answers from. */
    public Health health() {
        return health;
    }

    /** Port of health and metrics. */
    public int opsPort() {
        return ops.port();
    }

    @Override
    public void close() {
        parts.close();
    }
}
