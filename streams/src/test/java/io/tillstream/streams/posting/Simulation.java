package io.tillstream.streams.posting;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Quarantined;
import io.tillstream.streams.posting.reference.Outcome;
import io.tillstream.streams.posting.reference.ReferenceLedger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One partition of a small world under one seed: posting beside the auditor, record by record, with kills in between. After a kill
 * the ledger is made again from the journal (from its beginning or from a retained close) up to some earlier record, and what came
 * after that is posted again: it must come out the same, byte for byte.
 */
final class Simulation {
    /** How much of what was met, over all seeds: a simulation that meets nothing shows nothing. */
    static final class Tally {
        long inputs;
        long entries;
        long refused;
        long quarantined;
        long batches;
        long released;
        long restores;
        long trimmedRestores;
        long refusedTrims;
    }

    /**
     * What is simulated; mutants take one guard out. {@code stored} is what becomes of a journal in the topic; posting is killed
     * before one in {@code killOneIn} records.
     */
    record Setup(
            Supplier<Decider> deciders, Supplier<Ledger> ledgers, UnaryOperator<List<byte[]>> stored, int killOneIn) {
        static final Setup SOUND = new Setup(Decider::new, Ledger::new, UnaryOperator.identity(), 30);

        Setup with(Supplier<Decider> others) {
            return new Setup(others, ledgers, stored, killOneIn);
        }

        Setup with(Supplier<Ledger> otherLedgers, UnaryOperator<List<byte[]>> otherStored) {
            return new Setup(deciders, otherLedgers, otherStored, killOneIn);
        }

        Setup killedOneIn(int records) {
            return new Setup(deciders, ledgers, stored, records);
        }
    }

    private static final int PARTITION_COUNT = 2;
    private static final int RECORDS_MIN = 30;
    private static final int RECORDS_SPREAD = 61;
    private static final Instant TIMESTAMP = Instant.ofEpochMilli(Partition.TIMESTAMP_MS);

    /** Sizes of the outputs after one input. */
    private record Mark(int entries, int refused, int quarantined, int parts) {}

    private final Random random;
    private final Setup setup;
    private final Tally tally;
    private final PostingCodecs codecs = TestCodecs.shared();
    private final int partition;
    private final List<Input> inputs;
    private final ReferenceLedger reference;
    private final Invariants invariants = new Invariants();
    private final Recorder out = new Recorder(codecs);
    private final List<Mark> marks = new ArrayList<>();
    private final List<String> tenants = List.of("tulsa", "fresno", "enid");
    private Ledger ledger;
    private Poster poster;

    Simulation(long seed, Setup setup, Tally tally) {
        random = new Random(seed);
        this.setup = setup;
        ledger = setup.ledgers().get();
        this.tally = tally;
        partition = (int) (seed & 1);
        inputs = new InputMaker(random.nextLong(), codecs, partition, PARTITION_COUNT)
                .make(RECORDS_MIN + random.nextInt(RECORDS_SPREAD));
        reference = new ReferenceLedger(partition, PARTITION_COUNT);
        poster = new Poster(codecs, partition, PARTITION_COUNT, setup.deciders().get(), out);
        marks.add(new Mark(0, 0, 0, 0));
    }

    /** Runs to the end. @throws AssertionError with the invariant or the difference, and where */
    void run() {
        for (int i = 0; i < inputs.size(); i++) {
            if (random.nextInt(setup.killOneIn()) == 0) {
                killAndRestore(i);
            }
            step(i);
        }
        killAndRestore(inputs.size());
        tally.inputs += inputs.size();
        tally.entries += out.journal.size();
        tally.refused += out.refused.size();
        tally.quarantined += out.quarantined.size();
        tally.batches += out.parts.size();
    }

    private void step(int i) {
        Input input = inputs.get(i);
        Mark before = marks.get(i);
        poster.post(ledger, input.value(), i, Partition.TIMESTAMP_MS);
        Mark after = new Mark(out.entries.size(), out.refused.size(), out.quarantined.size(), out.parts.size());
        marks.add(after);
        List<JournalEntry> entries = out.entries.subList(before.entries(), after.entries());
        invariants.check(
                input,
                out.journal.subList(before.entries(), after.entries()),
                entries,
                after.refused() - before.refused(),
                after.quarantined() - before.quarantined(),
                out.parts.subList(before.parts(), after.parts()));
        checkBalances("record " + i);
        tally.released += entries.stream()
                .filter(entry -> entry.getKind() == EntryKind.RELEASED)
                .count();
        Outcome found = Outcome.of(
                entries,
                out.refused.subList(before.refused(), after.refused()),
                out.parts.subList(before.parts(), after.parts()));
        Outcome expected = expected(input, i);
        if (!expected.equals(found)) {
            throw new AssertionError("Record " + i + " " + input + "\n expected " + expected + "\n found    " + found);
        }
    }

    private Outcome expected(Input input, long offset) {
        if (input instanceof Input.Event event) {
            return reference.event(event.event(), offset, TIMESTAMP);
        }
        if (input instanceof Input.Terms terms) {
            return reference.terms(terms.terms(), offset, TIMESTAMP);
        }
        if (input instanceof Input.Close close) {
            return reference.close(close.close(), offset, TIMESTAMP);
        }
        Quarantined record = out.quarantined.get(out.quarantined.size() - 1);
        if (record.getReason() != ((Input.Malformed) input).reason() || record.getOffset() != offset) {
            throw new AssertionError("Quarantine: expected " + input + ", found " + record);
        }
        return new Outcome(List.of(), List.of(), List.of());
    }

    /** I3: the ledger's balances are the auditor's and the fold of the journal. */
    private void checkBalances(String where) {
        for (String tenant : tenants) {
            byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
            Tenants.Tenant known = ledger.tenants().find(name, 0, name.length);
            if (known != null) {
                invariants.balancesAreTheFold(tenant, ledger.balancesOf(known));
            }
        }
        if (ledger.nextSequence() != out.journal.size()) {
            throw new AssertionError("I6 next sequence " + ledger.nextSequence() + " after " + where);
        }
    }

    private void killAndRestore(int inputsDone) {
        int committed =
                random.nextBoolean() ? random.nextInt(inputsDone + 1) : inputsDone - random.nextInt(1 + inputsDone / 8);
        List<byte[]> journal = out.journal.subList(0, marks.get(committed).entries());
        int first = random.nextBoolean() ? 0 : anyClose(journal.size());
        Ledger restored = restore(journal, first);
        Recorder again = new Recorder(codecs);
        Poster restarted =
                new Poster(codecs, partition, PARTITION_COUNT, setup.deciders().get(), again);
        for (int i = committed; i < inputsDone; i++) {
            restarted.post(restored, inputs.get(i).value(), i, Partition.TIMESTAMP_MS);
        }
        checkSame(again, marks.get(committed), marks.get(inputsDone));
        ledger = restored;
        poster = new Poster(codecs, partition, PARTITION_COUNT, setup.deciders().get(), out);
        checkBalances("restart at record " + inputsDone);
        tally.restores++;
    }

    /** From {@code first} if the ledger takes that for enough, which it must do exactly when the auditor would; else from 0. */
    private Ledger restore(List<byte[]> journal, int first) {
        Ledger restored = restored(journal.subList(first, journal.size()));
        boolean isEnough = isEnough(journal.size(), first);
        try {
            restored.checkComplete();
        } catch (BrokenInvariantException e) {
            if (isEnough) {
                throw new AssertionError("A journal from entry " + first + " is enough", e);
            }
            tally.refusedTrims++;
            return restored(journal);
        }
        if (!isEnough) {
            throw new AssertionError("A journal from entry " + first + " to " + journal.size() + " is not enough");
        }
        tally.trimmedRestores += first > 0 ? 1 : 0;
        return restored;
    }

    private Ledger restored(List<byte[]> journal) {
        Ledger restored = setup.ledgers().get();
        Partition.restore(restored, setup.stored().apply(journal));
        return restored;
    }

    /**
     * A close, mostly one that is enough. Behind it every city still has entries: a journal can't tell that it has lost a city
     * altogether.
     */
    private int anyClose(int entries) {
        List<Integer> closes = new ArrayList<>();
        int lastOfAll = entries;
        for (String tenant : tenants) {
            int last = entries - 1;
            while (last >= 0 && !out.entries.get(last).getTenant().equals(tenant)) {
                last--;
            }
            lastOfAll = last < 0 ? lastOfAll : Math.min(lastOfAll, last);
        }
        for (int i = 0; i < Math.min(entries, lastOfAll + 1); i++) {
            if (out.entries.get(i).getKind() == EntryKind.DAY_CLOSED) {
                closes.add(i);
            }
        }
        List<Integer> enough =
                closes.stream().filter(first -> isEnough(entries, first)).toList();
        List<Integer> from = enough.isEmpty() || random.nextInt(4) == 0 ? closes : enough;
        return from.isEmpty() ? 0 : from.get(random.nextInt(from.size()));
    }

    /** Whether, by the end of the journal, every city would have forgotten all that came before {@code first}. */
    private boolean isEnough(int entries, int first) {
        return first == 0
                || tenants.stream().allMatch(tenant -> {
                    List<JournalEntry> all = out.entries.subList(0, entries).stream()
                            .filter(entry -> entry.getTenant().equals(tenant))
                            .toList();
                    return all.isEmpty() || all.get(0).getSequence() >= first || forgets(all, first);
                });
    }

    private static boolean forgets(List<JournalEntry> all, int first) {
        List<LocalDate> dates = new ArrayList<>();
        int horizon = 0;
        boolean forgets = false;
        for (JournalEntry entry : all) {
            horizon = entry.getTerms() == null ? horizon : entry.getTerms().getHorizonDays();
            if (entry.getClose() != null && entry.getSequence() >= first) {
                dates.add(entry.getBusinessDate());
                forgets |= dates.size() > 2 * horizon;
            }
        }
        return forgets;
    }

    private void checkSame(Recorder again, Mark from, Mark to) {
        List<byte[]> before = out.journal.subList(from.entries(), to.entries());
        boolean same = before.size() == again.journal.size()
                && to.refused() - from.refused() == again.refused.size()
                && to.quarantined() - from.quarantined() == again.quarantined.size()
                && to.parts() - from.parts() == again.parts.size();
        for (int i = 0; same && i < before.size(); i++) {
            same = Arrays.equals(before.get(i), again.journal.get(i));
        }
        for (int i = 0; same && i < again.refused.size(); i++) {
            same = again.refused.get(i).getReason()
                    == out.refused.get(from.refused() + i).getReason();
        }
        if (!same) {
            throw new AssertionError("After a restart records " + from + " to " + to + " came out otherwise");
        }
    }
}
