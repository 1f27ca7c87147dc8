package io.tillstream.local.cluster;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TopicPlan;
import io.tillstream.schemas.Topics;
import io.tillstream.testcluster.CommittedRecords;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The cluster; it lives as long as the tests' JVM. Tests keep apart by their tenants. */
public final class SharedCluster {
    /** Partitions of payments.events. */
    public static final int PARTITIONS = 3;

    private static final TestCluster CLUSTER = start();

    private SharedCluster() {}

    public static KafkaSettings kafka() {
        return KafkaSettings.of(Map.of("bootstrap.servers", CLUSTER.bootstrapServers()));
    }

    public static String registryUrl() {
        return CLUSTER.registryUrl();
    }

    public static SchemaRegistryClient registry() {
        return Registries.connect(CLUSTER.registryUrl());
    }

    /** Everything that is committed in a topic now. */
    public static List<ConsumerRecord<byte[], byte[]>> read(Topics topic) {
        return CommittedRecords.of(kafka().with(Map.of()), topic.topicName());
    }

    private static TestCluster start() {
        try {
            Path directory = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "cluster");
            TestCluster cluster = TestCluster.start(directory, Need.BROKER, Need.REGISTRY);
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "cluster"));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) cluster.bootstrapServers()))) {
                TopicPlan.of(admin, PARTITIONS, 1).apply(admin);
            }
            SchemaRegistration.apply(Registries.connect(cluster.registryUrl()));
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("The cluster did not start", e);
        }
    }
}
