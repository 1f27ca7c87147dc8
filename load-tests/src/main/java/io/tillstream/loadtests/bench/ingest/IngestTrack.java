package io.tillstream.loadtests.bench.ingest;

import io.tillstream.loadtests.bench.load.CommittedCheck;
import io.tillstream.loadtests.bench.load.LoadResult;
import io.tillstream.loadtests.bench.load.LoadSettings;
import io.tillstream.loadtests.bench.load.Server;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.bench.stage.Usage;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Does one run: a new server, a load, the check. */
final class IngestTrack {
    /** How long a client waits for a connection before it gives up. */
    static final int PATIENCE_MILLIS = 2_000;

    private final BenchCluster cluster;
    private final IngestOptions options;
    private final CommittedCheck check;
    private int count;

    IngestTrack(BenchCluster cluster, IngestOptions options) {
        this.cluster = cluster;
        this.options = options;
        this.check = new CommittedCheck(cluster.kafka());
    }

    IngestRun run(IngestPlan plan) {
        String name = "b" + count++ + "-";
        Map<String, Object> settings = Map.of(
                "source-hash.key", "a-key-for-benchmarks-that-hashes-nothing-real",
                "limits.events-per-second", plan.tenantLimit(),
                "limits.event-burst", plan.tenantLimit());
        Map<TopicPartition, Long> before = check.ends();
        try (Server server = Server.start(
                name + "server",
                plan.main(),
                options.heapMegabytes(),
                cluster,
                options.work(),
                "http.port",
                settings)) {
            double serverBefore = Usage.of(server.process().pid()).cpuSeconds();
            double brokerBefore = Usage.of(cluster.brokerPid()).cpuSeconds();
            LoadResult load = LoadResult.run(load(plan, name, server.port()));
            server.process().requireAlive();
            Usage serverAfter = Usage.of(server.process().pid());
            double brokerAfter = Usage.of(cluster.brokerPid()).cpuSeconds();
            boolean hasTopic = plan.publisher().equals(IngestRun.KAFKA);
            return IngestRun.of(
                    plan,
                    load,
                    hasTopic ? check.compare(load, before) : null,
                    serverAfter.cpuSeconds() - serverBefore,
                    brokerAfter - brokerBefore,
                    serverAfter.peakBytes());
        }
    }

    private LoadSettings load(IngestPlan plan, String name, int port) {
        return new LoadSettings(
                port,
                plan.lines(),
                plan.perSecond(),
                plan.connections(),
                options.tenants(),
                name,
                options.warmUpSeconds(),
                options.measuredSeconds(),
                PATIENCE_MILLIS,
                options.work().toString());
    }
}
