package io.tillstream.ledgersink.reconciliation;

import io.tillstream.ledgersink.reconciliation.EntryFacts.Amount;
import io.tillstream.ledgersink.reconciliation.EntryFacts.CloseFacts;
import io.tillstream.ledgersink.reconciliation.EntryFacts.LineFacts;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must follow from the journal: balances by partition, and every tenant's business dates. It checks on the way what an entry
 * alone can break: debits and credits, the date that an entry claims, and what a close says of itself.
 */
final class Fold {
    private static final Set<String> WITHOUT_LINES =
            Set.of("DEPOSITED", "FUNDED", "AUTHORISED", "DECLINED", "ENROLLED");

    /** An account of one partition. */
    record Account(int partition, String tenant, String currency, String account) {}

    /** A tenant's business date. */
    record Day(String tenant, LocalDate date) implements Comparable<Day> {
        @Override
        public int compareTo(Day other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : date.compareTo(other.date);
        }

        @Override
        public String toString() {
            return tenant + " " + date;
        }
    }

    private record Opened(int partition, String tenant) {}

    private final Findings findings;
    private final Map<Account, Long> balances = new HashMap<>();
    private final Map<Opened, Set<Account>> accounts = new HashMap<>();
    private final Map<Opened, LocalDate> openDates = new HashMap<>();
    private final Map<Day, Map<Integer, DayPart>> days = new TreeMap<>();
    private long unbalancedEntries;

    Fold(Findings findings) {
        this.findings = findings;
    }

    Map<Account, Long> balances() {
        return balances;
    }

    /** Dates with their part in each partition that has any entry of them. */
    Map<Day, Map<Integer, DayPart>> days() {
        return days;
    }

    long unbalancedEntries() {
        return unbalancedEntries;
    }

    /**
     * Adds one entry.
     *
     * @param place for findings
     * @param hash the entry's, in hexadecimal
     */
    void add(EntryFacts entry, String place, String hash) {
        post(entry, place);
        checkDate(entry, place);
        DayPart part = days.computeIfAbsent(new Day(entry.tenant(), entry.businessDate()), first -> new TreeMap<>())
                .computeIfAbsent(entry.partition(), first -> new DayPart(entry.sequence()));
        if (part.isClosed()) {
            findings.add(Invariant.I5, place, "an entry of an open date", entry.businessDate() + " was closed before");
        }
        part.count(entry.sequence());
        addLines(entry, part);
        if (entry.close().isPresent()) {
            checkClose(entry, entry.close().get(), part, place);
            part.close(hash);
            openDates.put(
                    new Opened(entry.partition(), entry.tenant()),
                    entry.close().get().nextBusinessDate());
        }
    }

    private void post(EntryFacts entry, String place) {
        long sum = 0;
        for (Amount posting : entry.postings()) {
            sum = Math.addExact(sum, posting.amount());
            Account account = new Account(entry.partition(), entry.tenant(), entry.currency(), posting.account());
            balances.merge(account, posting.amount(), Math::addExact);
            accounts.computeIfAbsent(new Opened(entry.partition(), entry.tenant()), first -> new HashSet<>())
                    .add(account);
        }
        if (sum != 0) {
            unbalancedEntries++;
            findings.add(Invariant.I1, place, "postings that add up to 0", sum);
        }
    }

    private void checkDate(EntryFacts entry, String place) {
        LocalDate open = openDates.putIfAbsent(new Opened(entry.partition(), entry.tenant()), entry.businessDate());
        if (open != null && !open.equals(entry.businessDate())) {
            findings.add(
                    Invariant.I5, place, "business date " + open + ", which is open", "date " + entry.businessDate());
        }
    }

    private static void addLines(EntryFacts entry, DayPart part) {
        if (entry.event().isEmpty()
                || WITHOUT_LINES.contains(entry.event().get().type())) {
            return;
        }
        for (Amount posting : entry.postings()) {
            String account = posting.account();
            boolean isOwn = account.equals(entry.through());
            if (!isOwn && !account.equals("bank") && !account.startsWith("in-transit:")) {
                part.line(new LineKey(entry.through(), entry.tender(), account))
                        .add(entry.event().get().type(), posting.amount());
            }
        }
    }

    private void checkClose(EntryFacts entry, CloseFacts close, DayPart part, String place) {
        if (close.entryCount() != part.entryCount() || close.firstSequence() != part.firstSequence()) {
            findings.add(
                    Invariant.I5,
                    place,
                    part.entryCount() + " entries from sequence " + part.firstSequence(),
                    close.entryCount() + " entries from sequence " + close.firstSequence() + " in the close");
        }
        compareLines(close.lines(), part, place);
        Map<String, Long> broughtForward = new HashMap<>();
        close.balances().forEach(balance -> broughtForward.put(balance.account(), balance.amount()));
        Set<Account> known = accounts.getOrDefault(new Opened(entry.partition(), entry.tenant()), Set.of());
        for (Account account : known) {
            Long told = broughtForward.remove(account.account());
            long expected = balances.get(account);
            if ((told == null ? 0 : told) != expected) {
                findings.add(
                        Invariant.I3, place + ", account " + account.account(), expected, told + " brought forward");
            }
        }
        broughtForward.values().removeIf(amount -> amount == 0);
        if (!broughtForward.isEmpty()) {
            findings.add(Invariant.I3, place, "no balance on " + broughtForward.keySet(), broughtForward.values());
        }
    }

    private void compareLines(List<LineFacts> told, DayPart part, String place) {
        Map<LineKey, List<Long>> expected = new TreeMap<>();
        part.lines().forEach((key, totals) -> expected.put(key, totals.values()));
        Map<LineKey, List<Long>> found = new TreeMap<>();
        told.forEach(line -> found.put(line.key(), line.totals()));
        if (!expected.equals(found)) {
            findings.add(Invariant.I5, place + ", lines of the close", expected, found);
        }
    }
}
