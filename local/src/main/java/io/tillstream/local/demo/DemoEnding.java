package io.tillstream.local.demo;

import io.tillstream.ledgersink.LedgerCommands;
import io.tillstream.ledgersink.closing.CloseResult;
import io.tillstream.ledgersink.reconciliation.Finding;
import io.tillstream.ledgersink.reconciliation.Invariant;
import io.tillstream.ledgersink.reconciliation.Verification;
import io.tillstream.local.simulation.Book;
import io.tillstream.local.simulation.Comparison;
import io.tillstream.local.simulation.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The end of a bounded demo: everything through, days closed, files written, invariants checked. */
final class DemoEnding {
    private static final Duration TRAFFIC_LIMIT_MIN = Duration.ofSeconds(60);
    private static final Duration THROUGH_LIMIT = Duration.ofSeconds(90);
    private static final Duration WRITTEN_LIMIT = Duration.ofSeconds(90);
    private static final int PAYMENTS_PER_SECOND_MIN = 50;
    private static final int FILES_PER_BATCH = 2;
    private static final int CARD_ALARMS_SURE = 20;
    private static final Set<String> WRITTEN = Set.of("WRITTEN", "DELIVERED", "FUNDED");

    /**
     * What the ledger held before the payments.
     *
     * @param entries rows
     * @param balances by city and account
     */
    record Baseline(long entries, Map<String, Map<String, Long>> balances) {}

    /** What was found at the end. */
    record Checks(
            Verification verification,
            Comparison comparison,
            long databaseEntries,
            long batches,
            long balances,
            Map<String, Boolean> invariants,
            List<String> differences) {}

    private final DemoServices services;
    private final DemoLedger ledger;
    private final DemoLag lag;
    private final Observer observer;
    private final Book book;
    private final Waiting waiting;
    private final Phases phases;
    private final Consumer<String> out;

    DemoEnding(
            DemoServices services,
            DemoLedger ledger,
            DemoLag lag,
            Observer observer,
            Book book,
            Waiting waiting,
            Phases phases,
            Consumer<String> out) {
        this.services = services;
        this.ledger = ledger;
        this.lag = lag;
        this.observer = observer;
        this.book = book;
        this.waiting = waiting;
        this.phases = phases;
        this.out = out;
    }

    /** @return seconds that the traffic took */
    double awaitTraffic(Traffic traffic, long payments) {
        Duration limit = TRAFFIC_LIMIT_MIN.plusSeconds(payments / PAYMENTS_PER_SECOND_MIN);
        try {
            traffic.finished()
                    .copy()
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "Waited " + limit.toSeconds() + " s for " + payments + " payments to be answered; sent are "
                            + book.sentCount(),
                    e.getCause());
        }
        return phases.end("traffic");
    }

    Checks settleAndCheck(Baseline baseline, HttpClient http) {
        awaitThrough(baseline);
        phases.end("through");
        Map<String, LocalDate> closed = closeDays();
        awaitFiles(closed);
        awaitThrough(baseline);
        phases.end("settlement");
        out.accept("Checking I1 to I7");
        Checks checks = check(baseline, http, closed.size());
        phases.end("checks");
        return checks;
    }

    /** Every input has its outcome, and every entry is in the database. */
    private void awaitThrough(Baseline baseline) {
        waiting.until(
                "every input to have its outcome and every entry to be in the database",
                THROUGH_LIMIT,
                () -> isThrough(baseline),
                () -> {
                    Figures figures = observer.figures();
                    return figures.inputs + " inputs, " + figures.outcomes() + " outcomes, " + figures.entries
                            + " entries, "
                            + (ledger.entries() - baseline.entries()) + " in the database, lag of the database "
                            + lag.database() + "; "
                            + observer.positionsWithoutOneOutcome().stream()
                                    .limit(5)
                                    .toList();
                });
    }

    private boolean isThrough(Baseline baseline) {
        Map<?, Long> read = observer.inputPositions();
        boolean allRead = lag.inputEnds().entrySet().stream()
                .allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
        Figures figures = observer.figures();
        return allRead
                && figures.inputs == figures.outcomes()
                && lag.posting() == 0
                && lag.database() == 0
                && ledger.entries() - baseline.entries() == figures.entries;
    }

    private Map<String, LocalDate> closeDays() {
        Map<String, LocalDate> dates = ledger.openDates();
        out.accept("Closing the business day of " + dates.size() + " cities");
        try (LedgerCommands commands = LedgerCommands.open(services.sinkSettings(), Clock.systemUTC())) {
            for (Map.Entry<String, LocalDate> city : dates.entrySet()) {
                CloseResult result = commands.close(city.getKey(), city.getValue());
                if (result != CloseResult.CLOSED && result != CloseResult.ALREADY_CLOSED) {
                    throw new IllegalStateException(
                            city.getKey() + " did not close " + city.getValue() + ": " + result);
                }
            }
            return dates;
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not take a close", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The broker did not take a close", e);
        }
    }

    private void awaitFiles(Map<String, LocalDate> closed) {
        waiting.until(
                "the files of " + closed.size() + " batches to be written",
                WRITTEN_LIMIT,
                () -> notWritten(closed).isEmpty() && areFilesAnnounced(closed.size()),
                () -> "not written are " + notWritten(closed) + ", announced are " + observer.figures().files
                        + " files");
    }

    /** Also the files of dates that closed by time meanwhile. */
    private boolean areFilesAnnounced(int batchesMin) {
        Figures figures = observer.figures();
        return figures.batches >= batchesMin && figures.files >= FILES_PER_BATCH * figures.batches;
    }

    private Map<String, String> notWritten(Map<String, LocalDate> closed) {
        Map<String, String> states = new TreeMap<>();
        closed.forEach((tenant, date) -> {
            String state = ledger.batchState(tenant, date);
            if (!WRITTEN.contains(state.split(" ", 2)[0])) {
                states.put(tenant + " " + date, state.isEmpty() ? "no batch yet" : state);
            }
        });
        return states;
    }

    private Checks check(Baseline baseline, HttpClient http, int batchesClosed) {
        List<String> differences = new ArrayList<>(book.surprises());
        Comparison comparison = book.compare(observer.events(), observer.quarantined());
        List<String> positions = observer.positionsWithoutOneOutcome();
        differences.addAll(comparison.differences());
        differences.addAll(positions);
        Verification verification = verify();
        for (Finding finding : verification.findings()) {
            differences.add(finding.toString());
        }
        Map<String, Boolean> invariants = new TreeMap<>();
        for (Invariant invariant : Invariant.values()) {
            invariants.put(invariant.name(), verification.holds(invariant));
        }
        invariants.put(
                "I2",
                comparison.lost() == 0
                        && comparison.doubled() == 0
                        && comparison.differences().isEmpty()
                        && positions.isEmpty());
        List<String> countDifferences = countDifferences(http);
        differences.addAll(countDifferences);
        invariants.put("I7", countDifferences.isEmpty());
        long balances = compareBalances(baseline, comparison, differences);
        Figures figures = observer.figures();
        if (figures.anomalies().isEmpty()) {
            differences.add("the burst of card testing raised no anomaly");
        }
        if (figures.batches < batchesClosed) {
            differences.add(figures.batches + " batches for " + batchesClosed + " closed days");
        }
        return new Checks(
                verification,
                comparison,
                ledger.entries() - baseline.entries(),
                figures.batches,
                balances,
                invariants,
                differences);
    }

    private Verification verify() {
        try (LedgerCommands commands = LedgerCommands.open(services.sinkSettings(), Clock.systemUTC())) {
            return commands.verify();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not answer the check", e);
        }
    }

    /** I7, counted at ingest and at the other end. */
    private List<String> countDifferences(HttpClient http) {
        List<String> differences = new ArrayList<>();
        Figures figures = observer.figures();
        List<URI> ingest = services.ingestAddresses();
        long published = IngestCounts.of(http, ingest, "ACCEPTED") + book.foreignCount();
        long repeated = IngestCounts.of(http, ingest, "REPEATED");
        // What the broker did not acknowledge in time may be on the topic nevertheless.
        long unsure = IngestCounts.of(http, ingest, "BROKER_UNAVAILABLE");
        if (figures.inputs < published || figures.inputs > published + unsure) {
            differences.add(published + " published by ingest and past it, " + unsure + " perhaps, but "
                    + figures.inputs + " inputs");
        }
        differ(differences, "inputs", figures.inputs, "recorded, parked, refused and put aside", figures.outcomes());
        if (book.retryCount() == 0) {
            long accepted = published - book.foreignCount() + repeated;
            differ(differences, "accepted by ingest", accepted, "answered 202", book.acceptedCount());
        }
        long cards = figures.quarantined().getOrDefault("CARD_NUMBER", 0L);
        // Ingest bounds the alarms of a second, but not below this.
        boolean cardsTold = book.cardNumberCount() <= CARD_ALARMS_SURE
                ? cards == book.cardNumberCount()
                : cards >= CARD_ALARMS_SURE && cards <= book.cardNumberCount();
        if (!cardsTold) {
            differences.add(book.cardNumberCount() + " card numbers were refused, " + cards + " are in quarantine");
        }
        return differences;
    }

    private static void differ(List<String> differences, String one, long count, String other, long otherCount) {
        if (count != otherCount) {
            differences.add(count + " " + one + ", but " + otherCount + " " + other);
        }
    }

    /** @return accounts compared */
    private long compareBalances(Baseline baseline, Comparison comparison, List<String> differences) {
        Map<String, Map<String, Long>> after = ledger.balances();
        Map<String, Map<String, Long>> expected = new TreeMap<>();
        comparison
                .movements()
                .forEach((tenant, accounts) ->
                        accounts.forEach((account, amount) -> expected.computeIfAbsent(tenant, t -> new TreeMap<>())
                                .merge(DemoLedger.owed(account), amount, Math::addExact)));
        Set<String> tenants = new TreeSet<>(expected.keySet());
        tenants.addAll(after.keySet());
        long compared = 0;
        for (String tenant : tenants) {
            Map<String, Long> moved = expected.getOrDefault(tenant, Map.of());
            Map<String, Long> now = after.getOrDefault(tenant, Map.of());
            Map<String, Long> before = baseline.balances().getOrDefault(tenant, Map.of());
            Set<String> accounts = new TreeSet<>(moved.keySet());
            accounts.addAll(now.keySet());
            for (String account : accounts) {
                compared++;
                long difference = now.getOrDefault(account, 0L) - before.getOrDefault(account, 0L);
                if (difference != moved.getOrDefault(account, 0L)) {
                    differences.add(tenant + " " + account + " moved by " + difference + ", must have moved by "
                            + moved.getOrDefault(account, 0L));
                }
            }
        }
        return compared;
    }
}
