package io.tillstream.local.demo;

import io.tillstream.ledgersink.LedgerCommands;
import io.tillstream.ledgersink.closing.CloseResult;
import io.tillstream.ledgersink.reconciliation.Finding;
import io.tillstream.ledgersink.reconciliation.Invariant;
import io.tillstream.ledgersink.reconciliation.Verification;
import io.tillstream.local.simulation.Book;
import io.tillstream.local.simulation.Comparison;
import io.tillstream.local.simulation.Traffic;
import io.tillstream.schemas.QuarantineReason;
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
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The end of a bounded demo: everything through, days closed, files written, invariants checked. What does not come in time is a
 * difference in the report, not the end: the checks behind it say what is lost.
 */
final class DemoEnding {
    private static final Duration TRAFFIC_LIMIT_MIN = Duration.ofSeconds(60);
    private static final int PAYMENTS_PER_SECOND_MIN = 50;
    private static final int FILES_PER_BATCH = 2;
    private static final Set<String> WRITTEN = Set.of("WRITTEN", "DELIVERED", "FUNDED");

    /**
     * How long it waits.
     *
     * @param through for inputs to have their outcome and entries to be in the database
     * @param written for the files
     * @param afterLate for each of them once something was late: what is lost does not come
     */
    record Limits(Duration through, Duration written, Duration afterLate) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(90), Duration.ofSeconds(90), Duration.ofSeconds(20));
    }

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
    private final Limits limits;
    private final Consumer<String> out;
    private final List<String> overdue = new ArrayList<>();

    DemoEnding(
            DemoServices services,
            DemoLedger ledger,
            DemoLag lag,
            Observer observer,
            Book book,
            Waiting waiting,
            Phases phases,
            Limits limits,
            Consumer<String> out) {
        this.services = services;
        this.ledger = ledger;
        this.lag = lag;
        this.observer = observer;
        this.book = book;
        this.waiting = waiting;
        this.phases = phases;
        this.limits = limits;
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
            if (!(e.getCause() instanceof TimeoutException)) {
                throw new IllegalStateException("The traffic ended early", e.getCause());
            }
            traffic.stop();
            isOverdue("Waited " + limit.toSeconds() + " s for " + payments + " payments to be answered; sent are "
                    + book.sentCount());
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
        await(
                "every input to have its outcome and every entry to be in the database",
                limits.through(),
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

    private void await(String what, Duration limit, BooleanSupplier condition, Supplier<String> detail) {
        Duration atMost = overdue.isEmpty() ? limit : limits.afterLate();
        waiting.tryUntil(what, atMost, condition, detail).ifPresent(this::isOverdue);
    }

    private void isOverdue(String what) {
        out.accept(what);
        overdue.add(what);
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
                    isOverdue(city.getKey() + " did not close " + city.getValue() + ": " + result);
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
        await(
                "the files of " + closed.size() + " batches to be written",
                limits.written(),
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
        List<String> differences = new ArrayList<>(overdue);
        differences.addAll(book.surprises());
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
        List<String> countDifferences = counts(http).differences();
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
    private Counts counts(HttpClient http) {
        Figures figures = observer.figures();
        List<URI> ingest = services.ingestAddresses();
        return new Counts(
                IngestCounts.of(http, ingest, "ACCEPTED"),
                IngestCounts.of(http, ingest, "REPEATED"),
                IngestCounts.of(http, ingest, "BROKER_UNAVAILABLE"),
                book.foreignCount(),
                figures.inputs,
                figures.outcomes(),
                book.acceptedCount(),
                book.unsureCount(),
                book.cardNumberCount(),
                figures.quarantined().getOrDefault(QuarantineReason.CARD_NUMBER.name(), 0L));
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
