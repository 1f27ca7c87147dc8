package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.BenchDirectories;
import io.tillstream.loadtests.bench.stage.BenchFiles;
import io.tillstream.loadtests.bench.stage.ResultFile;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench posting}. */
@Command(
        name = "posting",
        mixinStandardHelpOptions = true,
        description = "Races posting against its peers on one broker; a table on standard output, JSON in a file.",
        showDefaultValues = true)
public final class PostingCommand implements Callable<Integer> {
    @Option(names = "--events", description = "Events of the input.", defaultValue = "5000000")
    private long events;

    @Option(names = "--runs", description = "Runs of each contender, alternated.", defaultValue = "3")
    private int runs;

    @Option(
            names = "--limit-events",
            description = "Events of the input of LIMIT, the race of posting and the copy alone.",
            defaultValue = "10000000")
    private long limitEvents;

    @Option(names = "--limit-runs", description = "Runs of both in LIMIT, alternated.", defaultValue = "9")
    private int limitRuns;

    @Option(
            names = "--contenders",
            split = ",",
            description = "Of ${COMPLETION-CANDIDATES}.",
            completionCandidates = Names.class,
            defaultValue =
                    "copy,copyOneThread,streamsPassThrough,tillstream,idiomaticDsl,tunedDsl,flinkHeap,flinkHeapSecond,flinkRocksdb,flinkRocksdbSecond,postgresOnly")
    private List<String> contenders;

    @Option(
            names = "--parts",
            split = ",",
            description = "Of ${COMPLETION-CANDIDATES}.",
            defaultValue = "THROUGHPUT,KILL,ABLATION,LIMIT,SKEW,LATENCY,RESTORE,TAKEOVER,STATE,COLD,GROWTH")
    private List<PostingOptions.Part> parts;

    @Option(
            names = "--ablations",
            description = "What is taken out: ${COMPLETION-CANDIDATES}.",
            split = ",",
            completionCandidates = AblationNames.class,
            defaultValue = "codec,stateLayout,ownChangelog,batches,hashChain,checks,chainAndChecks")
    private List<String> ablations;

    @Option(names = "--commit-interval", description = "Milliseconds between transactions.", defaultValue = "200")
    private int commitIntervalMs;

    @Option(names = "--seed", description = "Of the input.", defaultValue = "1")
    private long seed;

    @Option(names = "--threads", description = "Of each contender; 0 tries one and two.", defaultValue = "0")
    private int threads;

    @Option(names = "--heap", description = "Megabytes of heap of each contender's JVM.", defaultValue = "2048")
    private int heapMegabytes;

    @Option(names = "--latency-seconds", description = "Measured seconds of a latency run.", defaultValue = "20")
    private int latencySeconds;

    @Option(
            names = "--restore-entries",
            description = "Entries of the journal to restore, and payments in the state when posting is killed.",
            defaultValue = "5000000")
    private long restoreEntries;

    @Option(names = "--state-small", description = "Payments in the small state.", defaultValue = "1000000")
    private long stateSmall;

    @Option(names = "--state-large", description = "Payments in the large state.", defaultValue = "50000000")
    private long stateLarge;

    @Option(names = "--state-heap", description = "Megabytes of heap for both states.", defaultValue = "6144")
    private int stateHeapMegabytes;

    @Option(
            names = "--cold-payments",
            description = "Payments in a state that is larger than memory.",
            defaultValue = "10000000")
    private long coldPayments;

    @Option(
            names = "--cold-heap",
            description = "Megabytes of heap that can't hold it; --heap must hold it.",
            defaultValue = "640")
    private int coldHeapMegabytes;

    @Option(
            names = "--cold-hot-rows",
            description = "Rows of payments that each partition keeps in that heap.",
            defaultValue = "500000")
    private int coldHotRows;

    @Mixin
    private BenchFiles files;

    /** Names of contenders. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Contenders.NAMES.iterator();
        }
    }

    /** Names of ablations. */
    static final class AblationNames implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Ablation.all().stream().map(Ablation::name).iterator();
        }
    }

    @Override
    public Integer call() {
        try (BenchDirectories directories = files.open(ResultFile.named("posting"))) {
            PostingOptions options = new PostingOptions(
                    directories.home(),
                    directories.work(),
                    directories.out(),
                    events,
                    runs,
                    limitEvents,
                    limitRuns,
                    contenders,
                    EnumSet.copyOf(parts),
                    ablations,
                    commitIntervalMs,
                    seed,
                    threads,
                    heapMegabytes,
                    latencySeconds,
                    restoreEntries,
                    stateSmall,
                    stateLarge,
                    stateHeapMegabytes,
                    coldPayments,
                    coldHeapMegabytes,
                    coldHotRows);
            return new PostingBench(options).run() ? 0 : 1;
        }
    }
}
