package io.tillstream.loadtests.bench.load;

import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TopicPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Broker and registry with the product's topics and schemas, and the cities of a load. */
public final class LoadCluster {
    /** Partitions of payments.events. */
    public static final int PARTITIONS = 4;

    private LoadCluster() {}

    /** Starts it; to be closed. */
    public static BenchCluster start(Path directory, int tenants) {
        BenchCluster cluster = BenchCluster.start(directory);
        try {
            TopicPlan.of(cluster.admin(), PARTITIONS, 1).apply(cluster.admin());
            SchemaRegistration.apply(cluster.registry());
            // Limit 0: ingest's own setting counts, so that each run can have its own.
            BenchCities.apply(kafka(cluster), cluster.registry(), tenants, 0);
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            cluster.close();
            throw new IllegalStateException("The broker did not take the topics", e);
        } catch (InterruptedException e) {
            cluster.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were made", e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Settings of the product's clients. */
    public static KafkaSettings kafka(BenchCluster cluster) {
        return KafkaSettings.of(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }
}
