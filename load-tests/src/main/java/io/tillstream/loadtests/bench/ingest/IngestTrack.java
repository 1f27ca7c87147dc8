package io.tillstream.loadtests.bench.ingest;

import io.tillstream.loadtests.bench.ingest.IngestOptions.Part;
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
    private final BenchCluster cluster;
    private final IngestOptions options;
    private final CommittedCheck check;
    private int count;

    IngestTrack(BenchCluster cluster, IngestOptions options) {
        this.cluster = cluster;
        this.options = options;
        this.check = new CommittedCheck(cluster.kafka());
    }

    /**
     * One run.
     *
     * @param main ingest, or the server that acknowledges at once
     * @param tenantLimit events a second of each city, and its burst
     * @param lines of a batch; 0 for single events
     * @param perSecond events a second that are due; 0 for as fast as they are answered
     */
    IngestRun run(Part part, Class<?> main, int tenantLimit, int lines, double perSecond, int connections) {
        String name = "b" + count++ + "-";
        Map<String, Object> settings = Map.of(
                "source-hash.key", "a-key-for-benchmarks-that-hashes-nothing-real",
                "limits.events-per-second", tenantLimit,
                "limits.event-burst", tenantLimit);
        Map<TopicPartition, Long> before = check.ends();
        try (Server server = Server.start(
                name + "server", main, options.heapMegabytes(), cluster, options.work(), "http.port", settings)) {
            LoadSettings load = new LoadSettings(
                    server.port(),
                    lines,
                    perSecond,
                    connections,
                    options.tenants(),
                    name,
                    options.warmUpSeconds(),
                    options.measuredSeconds(),
                    IngestBench.patienceMillis(),
                    options.work().toString());
            double serverBefore = Usage.of(server.process().pid()).cpuSeconds();
            double brokerBefore = Usage.of(cluster.brokerPid()).cpuSeconds();
            LoadResult found = LoadResult.run(load);
            server.process().requireAlive();
            Usage after = Usage.of(server.process().pid());
            double[] cpu = {
                after.cpuSeconds() - serverBefore, Usage.of(cluster.brokerPid()).cpuSeconds() - brokerBefore
            };
            CommittedCheck.Found committed = main == AtOnceMain.class ? null : check.compare(found, before);
            return IngestRun.of(part, tenantLimit, found, committed, cpu, after.peakBytes());
        }
    }
}
