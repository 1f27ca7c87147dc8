package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import io.tillstream.loadtests.check.JournalCheck;
import io.tillstream.loadtests.check.JournalReport;
import io.tillstream.schemas.TopicPlan;
import io.tillstream.schemas.Topics;
import io.tillstream.streams.StreamsMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;

/** Posting itself: the product's own process, its own settings file. */
final class TillstreamContender implements Contender {
    private static final String GROUP = "ledger";
    private static final Set<String> OUTPUTS = Set.of(
            Topics.JOURNAL.topicName(),
            Topics.REFUSED.topicName(),
            Topics.QUARANTINE.topicName(),
            Topics.PARTS.topicName());

    private final UnaryOperator<JvmPlan> changed;
    private final int standbys;
    private final long prefilled;
    private final boolean chained;
    private final int hotRows;

    private TillstreamContender(UnaryOperator<JvmPlan> changed, int standbys, long prefilled, boolean chained) {
        this(changed, standbys, prefilled, chained, 0);
    }

    private TillstreamContender(
            UnaryOperator<JvmPlan> changed, int standbys, long prefilled, boolean chained, int hotRows) {
        this.changed = changed;
        this.standbys = standbys;
        this.prefilled = prefilled;
        this.chained = chained;
        this.hotRows = hotRows;
    }

    /** The product. */
    static TillstreamContender asItIs() {
        return new TillstreamContender(UnaryOperator.identity(), 0, 0, true);
    }

    /** The same with a standby replica. */
    static TillstreamContender withStandby(long prefilled) {
        return new TillstreamContender(UnaryOperator.identity(), 1, prefilled, true);
    }

    /** The product with a journal that holds events already, which nobody sent. */
    static TillstreamContender onJournal(long prefilled) {
        return new TillstreamContender(UnaryOperator.identity(), 0, prefilled, true);
    }

    /** The same with a limit on the rows of payments that each partition keeps in memory; 0 is none. */
    static TillstreamContender onJournal(long prefilled, int hotRows) {
        return new TillstreamContender(UnaryOperator.identity(), 0, prefilled, true, hotRows);
    }

    /** The product in a JVM that is started differently. */
    static TillstreamContender startedBy(UnaryOperator<JvmPlan> changed) {
        return new TillstreamContender(changed, 0, 0, true);
    }

    /** The product with some classes replaced. */
    static TillstreamContender without(Ablation ablation, Path classes) {
        return new TillstreamContender(plan -> plan.withFirst(classes.toString()), 0, 0, ablation.keepsChain());
    }

    int hotRows() {
        return hotRows;
    }

    @Override
    public String name() {
        return "tillstream";
    }

    @Override
    public String does() {
        return "posting: dedupe, the payment's life, double entry, balances, settlement totals, sequence, hash chain, refusals";
    }

    @Override
    public String lacks() {
        return "";
    }

    @Override
    public List<Variant> variants(int commitIntervalMs) {
        return List.of(new Variant(1, commitIntervalMs), new Variant(2, commitIntervalMs));
    }

    /** Also what an aborted race has left. */
    @Override
    public void prepare(Place place) {
        Admin admin = place.cluster().admin();
        try {
            TopicPlan.of(admin, place.partitions(), 1).apply(admin);
            place.cluster().topics().awaitKnown(Topics.JOURNAL.topicName(), place.partitions());
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topics could not be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were made", e);
        }
    }

    @Override
    public JvmProcess start(Place place, Variant variant, int attempt) {
        return start(place, variant, "tillstream-" + attempt, freePort());
    }

    /** Starts one of several processes; the name tells their state directories apart, health is at the port. */
    JvmProcess start(Place place, Variant variant, String process, int opsPort) {
        Path file = place.directory().resolve(process + ".conf");
        String settings = """
                kafka { bootstrap.servers = "%s" }
                registry.url = "%s"
                roles = [POSTING]
                state.directory = "%s"
                posting.threads = %d
                posting.hot.rows = %d
                commit.interval = "%dms"
                standby.replicas = %d
                internal.replication = 1
                ops.port = %d
                """.formatted(
                        place.cluster().bootstrapServers(),
                        place.cluster().registryUrl(),
                        place.directory().resolve(process),
                        variant.threads(),
                        hotRows,
                        variant.commitIntervalMs(),
                        standbys,
                        opsPort);
        try {
            Files.writeString(file, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JvmPlan plan = changed.apply(JvmPlan.of(StreamsMain.class, place.heapMegabytes()));
        return JvmProcess.start(process, plan, place.directory(), file.toString());
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Gauge gauge(Place place) {
        return new TopicGauge(place.cluster().topics(), Topics.JOURNAL.topicName(), place.partitions());
    }

    /** Terms that the journal holds already make no new entries. */
    @Override
    public long outputs(Input input) {
        return input.expected().accepted() + (prefilled == 0 ? input.marks() : 0);
    }

    @Override
    public CheckResult check(Place place, Input input) {
        JournalReport report = chained
                ? JournalCheck.of(place.cluster().kafka(), input.expected())
                : JournalCheck.ofEntries(place.cluster().kafka(), Topics.JOURNAL.topicName(), input.expected());
        if (prefilled == 0) {
            return CheckResult.of(report, input);
        }
        boolean exact = report.lost() == 0
                && report.doubled() == 0
                && report.unexpected() == prefilled
                && report.unbalanced() == 0
                && report.faults().isEmpty();
        return new CheckResult(exact, report.toString());
    }

    @Override
    public long bytesWritten(Place place) {
        return place.cluster().topics().bytes(OUTPUTS::contains).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void clear(Place place) {
        place.cluster().topics().deleteGroup(GROUP);
        place.cluster().topics().delete(topic -> OUTPUTS.contains(topic) || topic.startsWith(Ablation.TOPIC_PREFIX));
    }
}
