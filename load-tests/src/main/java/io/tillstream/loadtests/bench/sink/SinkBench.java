package io.tillstream.loadtests.bench.sink;

import io.tillstream.loadtests.bench.posting.JournalFiller;
import io.tillstream.loadtests.bench.posting.Place;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.bench.stage.BenchDirectories;
import io.tillstream.loadtests.bench.stage.ResultFile;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TopicPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Table of contents of {@code bench sink}: a journal, then the sink and the bare COPY in turns, each with an empty database. */
final class SinkBench {
    private static final String SINK = "sink";
    private static final String COPY = "copy";
    private static final double WANTED = 0.5;

    private final SinkOptions options;
    private final ResultFile result;
    private final Map<String, List<Double>> speeds = new LinkedHashMap<>();
    private final List<Object> runs = new ArrayList<>();
    private BareCopy copy;

    SinkBench(SinkOptions options) {
        this.options = options;
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("entries", options.entries());
        settings.put("runs", options.runs());
        settings.put("seed", options.seed());
        settings.put("workload", WorkloadShape.USUAL);
        settings.put("entriesAre", "the terms of each city in each partition, then captures; no follow-ups");
        settings.put("partitions", Place.PARTITIONS);
        settings.put("threads", options.threads());
        settings.put("heapMegabytes", options.heapMegabytes());
        settings.put("postgres", Ledger.SERVER);
        settings.put("measured", "from the first fifth of the entries to their end, by commits");
        result = new ResultFile("sink", options.home(), options.out(), settings);
        result.put("runs", runs);
    }

    /** Runs all. False if a run failed or its check did. */
    boolean run() {
        try (BenchCluster cluster = BenchCluster.start(options.work().resolve("cluster"))) {
            Journal journal = journal(cluster);
            for (int run = 0; run < options.runs(); run++) {
                int number = run;
                in(SINK + " " + run, directory -> sink(cluster, journal, directory));
                if (copy != null) {
                    in(COPY + " " + number, directory -> copy(journal, directory));
                }
            }
        } finally {
            summarise();
        }
        print(System.out);
        return result.failures().isEmpty();
    }

    private Journal journal(BenchCluster cluster) {
        say("Writing a journal of " + options.entries() + " entries");
        try {
            TopicPlan.of(cluster.admin(), Place.PARTITIONS, 1).apply(cluster.admin());
            SchemaRegistration.apply(cluster.registry());
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException("The topics could not be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were made", e);
        }
        new JournalFiller(cluster, WorkloadShape.USUAL, options.seed()).fill(options.entries());
        Journal journal = Journal.read(cluster);
        result.put("journal", Map.of("entries", journal.entries(), "postings", journal.postings()));
        return journal;
    }

    private interface Action {
        void run(Path directory) throws SQLException;
    }

    /** A failure is kept as one, and the benchmark goes on. */
    private void in(String what, Action action) {
        Path directory = options.work().resolve("run");
        try {
            Files.createDirectories(directory);
            action.run(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException | RuntimeException e) {
            say(what + " failed: " + e);
            result.failed(what, String.valueOf(e.getMessage()));
        } finally {
            BenchDirectories.removeTree(directory);
            result.write();
        }
    }

    private void sink(BenchCluster cluster, Journal journal, Path directory) throws SQLException {
        try (Ledger ledger = new Ledger(directory.resolve("postgres"))) {
            SinkRun.Seen seen = new SinkRun(cluster, options, directory).run(ledger, journal.entries());
            List<String> differences = ledger.differences(journal);
            long transactions = ledger.transactions();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("contender", SINK);
            row.put("entriesPerSecond", seen.entriesPerSecond());
            row.put("sinkCpuSecondsPerMillion", seen.cpuSeconds());
            row.put("residentMegabytes", seen.residentMegabytes());
            row.put("transactions", transactions);
            row.put("check", differences.isEmpty() ? "exact" : differences.toString());
            keep(SINK, seen.entriesPerSecond(), differences, row);
            if (copy == null && differences.isEmpty()) {
                prepareCopy(ledger, journal, transactions);
            }
        }
    }

    /** The rows as the first run of the sink has stored them, in as many batches as it had transactions. */
    private void prepareCopy(Ledger ledger, Journal journal, long transactions) throws SQLException {
        CopyRows entries = CopyRows.read(ledger.connection(), "ledger.entry", journal.entries(), transactions);
        CopyRows postings = CopyRows.read(ledger.connection(), "ledger.posting", journal.postings(), transactions);
        result.put(
                "rows",
                Map.of("batches", transactions, "entryBytes", entries.bytes(), "postingBytes", postings.bytes()));
        copy = new BareCopy(entries, postings, journal.entries());
    }

    private void copy(Journal journal, Path directory) {
        try (Ledger ledger = new Ledger(directory.resolve("postgres"))) {
            double speed = copy.run(ledger, options.threads());
            List<String> differences = ledger.countDifferences(journal);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("contender", COPY);
            row.put("entriesPerSecond", speed);
            row.put("transactions", ledger.transactions());
            row.put("check", differences.isEmpty() ? "exact" : differences.toString());
            keep(COPY, speed, differences, row);
        }
    }

    private void keep(String contender, double speed, List<String> differences, Map<String, Object> row) {
        say(String.format(Locale.ROOT, "%s: %,.0f entries/s, %s", contender, speed, row));
        runs.add(row);
        if (differences.isEmpty()) {
            speeds.computeIfAbsent(contender, name -> new ArrayList<>()).add(speed);
        } else {
            result.failed(contender + ", check", differences.toString());
        }
    }

    private void summarise() {
        Map<String, Object> spreads = new LinkedHashMap<>();
        speeds.forEach((name, values) -> spreads.put(name, ResultFile.Spread.of(values)));
        result.put("entriesPerSecond", spreads);
        if (speeds.size() == 2) {
            result.put("ratios", Map.of("bareCopy", ratio()));
        }
        result.write();
    }

    private double ratio() {
        double ratio = ResultFile.Spread.of(speeds.get(SINK)).median()
                / ResultFile.Spread.of(speeds.get(COPY)).median();
        return Math.round(ratio * 1000) / 1000.0;
    }

    private void print(PrintStream out) {
        out.println("| contender | entries/s | min | max | runs |");
        out.println("|---|---|---|---|---|");
        speeds.forEach((name, values) -> {
            ResultFile.Spread spread = ResultFile.Spread.of(values);
            out.println(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %,.0f | %d |",
                    name,
                    spread.median(),
                    spread.min(),
                    spread.max(),
                    values.size()));
        });
        if (speeds.size() == 2) {
            out.println("\nratio bareCopy: " + ratio() + " (at least " + WANTED + " wanted)");
        }
        result.failures().forEach(failure -> out.println("NO RESULT " + failure));
        out.println("Written to " + options.out());
    }

    private static void say(String line) {
        System.err.println(java.time.LocalTime.now(java.time.ZoneOffset.UTC).withNano(0) + " " + line);
    }
}
