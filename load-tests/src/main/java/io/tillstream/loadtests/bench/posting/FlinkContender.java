package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.check.JournalCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Apache Flink with its state on the heap or in RocksDB, with a class path of its own. */
final class FlinkContender extends KafkaPeer {
    private static final int SECOND_MS = 1000;

    private final boolean rocksDb;
    private final boolean slow;
    private final Path home;

    /** @param slow checkpoints a second apart whatever the race's interval: more throughput, later readable */
    FlinkContender(boolean rocksDb, boolean slow, Path home) {
        this.rocksDb = rocksDb;
        this.slow = slow;
        this.home = home;
    }

    @Override
    public String name() {
        return (rocksDb ? "flinkRocksdb" : "flinkHeap") + (slow ? "Second" : "");
    }

    @Override
    public String does() {
        return "Apache Flink 2.2, keyed process function with one row per payment (event ids, amounts, lines), "
                + (rocksDb ? "RocksDB with bloom filters and incremental checkpoints" : "state on the heap")
                + (slow ? ", a checkpoint each second" : "")
                + ", exactly-once KafkaSink, object reuse, Avro's fast reader; one shuffle less with one slot";
    }

    @Override
    public String lacks() {
        return "hash chain and sequence, balances of accounts, business days and settlement totals, parked events, records of what"
                + " is refused; types other than captures, refunds and chargebacks";
    }

    @Override
    public List<Variant> variants(int commitIntervalMs) {
        int interval = slow ? SECOND_MS : commitIntervalMs;
        return List.of(new Variant(1, interval), new Variant(2, interval));
    }

    @Override
    String option() {
        return rocksDb ? "rocksdb" : "hashmap";
    }

    @Override
    JvmPlan plan(Place place) {
        Path target = home.resolve("flink-peer").resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException(target + "/lib is missing; build the module flink-peer");
        }
        String classPath = target.resolve("classes") + ":" + target.resolve("lib") + "/*";
        List<String> options = new ArrayList<>(JvmPlan.heap(place.heapMegabytes()));
        for (String opened : List.of("java.lang", "java.util", "java.nio", "java.time")) {
            options.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        return new JvmPlan("io.tillstream.flinkpeer.FlinkMain", classPath, options);
    }

    @Override
    public long outputs(Input input) {
        return input.expected().accepted();
    }

    @Override
    public CheckResult check(Place place, Input input) {
        return CheckResult.of(JournalCheck.ofEntries(place.cluster().kafka(), place.output(), input.expected()), input);
    }
}
