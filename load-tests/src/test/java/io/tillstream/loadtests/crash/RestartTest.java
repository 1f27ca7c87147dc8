package io.tillstream.loadtests.crash;

import io.tillstream.ledgersink.database.Database;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.loadtests.workload.WorkloadWriter;
import io.tillstream.schemas.Registries;
import io.tillstream.testcluster.JavaProcess;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Broker, registry and PostgreSQL restarted in the middle of the load; PostgreSQL away for a minute. Processes stay. */
@Tag("cluster")
class RestartTest {
    private static final int PARTITIONS = 4;
    private static final int TENANTS = 5;
    private static final int EVENTS_PER_SECOND = 400;
    private static final Duration AWAY = Duration.ofMinutes(1);
    private static final LocalDate OPEN_DATE = LocalDate.of(2026, 11, 20);
    private static final WorkloadShape SHAPE = new WorkloadShape(TENANTS, 1.0, 0.05, 0.05);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the processes' output tells why
    private Path directory;

    @Test
    void shouldPostEveryEventOnceWhenServersRestart() throws Exception {
        long seed = Long.getLong("tillstream.seed", System.nanoTime());
        String told = "seed " + seed;
        try (TestCluster cluster = TestCluster.start(directory.resolve("cluster"), Need.REGISTRY, Need.DATABASE);
                WorkloadWriter writer = WorkloadWriter.open(
                        Map.of("bootstrap.servers", cluster.bootstrapServers()),
                        Registries.connect(cluster.registryUrl()),
                        PARTITIONS,
                        1,
                        seed,
                        SHAPE,
                        OPEN_DATE)) {
            Processes processes = new Processes(directory, cluster.bootstrapServers(), cluster);
            Outcome outcome = new Outcome(
                    cluster, writer.expected(), (long) TENANTS * PARTITIONS * 2, TENANTS, processes.files());
            TenantRecords.write(cluster, TENANTS, OPEN_DATE);
            try (JavaProcess streams = processes.streams("streams", "posting, detection, settlement");
                    JavaProcess sink = processes.sink("sink");
                    Load load = Load.start(writer, EVENTS_PER_SECOND);
                    Database database = outcome.openDatabase()) {
                Outcome.awaitProgress(database, 500, told);
                cluster.restartBroker();
                Outcome.awaitProgress(database, 500, told + ", after the broker's restart");
                cluster.restartRegistry();
                cluster.restartDatabase();
                Outcome.awaitProgress(database, 500, told + ", after the database's restart");
                cluster.stopDatabase();
                Outcome.awaitWritten(load, AWAY.toSeconds() * EVENTS_PER_SECOND);
                CloseMarkWriter.close(cluster, PARTITIONS, TENANTS, OPEN_DATE);
                cluster.startDatabase();
                load.stop();
                outcome.assertExact(told);
                Outcome.assertAlive(streams, sink);
            }
        }
    }
}
