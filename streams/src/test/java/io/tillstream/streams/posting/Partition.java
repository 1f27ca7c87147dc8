package io.tillstream.streams.posting;

import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.TenantTerms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One partition's posting with all that it has put out; can be killed and restored from any part of its journal. */
final class Partition {
    /** Timestamp of every input record: the eve of all the dates that tests use is long past. */
    static final long TIMESTAMP_MS = Instant.parse("2026-03-31T12:00:00Z").toEpochMilli();

    final PostingCodecs codecs = TestCodecs.shared();
    final Recorder out = new Recorder(codecs);
    private final Poster poster;
    private Ledger ledger = new Ledger();
    private long nextOffset;
    private PaymentEvent lastSent;

    Partition() {
        this(0, 1, new Decider());
    }

    Partition(int partition, int partitionCount, Decider decider) {
        poster = new Poster(codecs, partition, partitionCount, decider, out);
    }

    Ledger ledger() {
        return ledger;
    }

    /** Offset of the next input record. */
    long offset() {
        return nextOffset;
    }

    void post(byte[] value) {
        poster.post(ledger, value, nextOffset++, TIMESTAMP_MS);
    }

    /** The event that was sent last. */
    PaymentEvent lastSent() {
        return lastSent;
    }

    void post(PaymentEvent event) {
        lastSent = event;
        post(codecs.events().encode(event));
    }

    void post(TenantTerms terms) {
        post(codecs.terms().encode(terms));
    }

    void close(String tenant, LocalDate date, LocalDate next) {
        post(codecs.closes().encode(new BusinessDayClose(tenant, date, next, Instant.EPOCH)));
    }

    /** Forgets the state and makes it again from the journal's entries from {@code first} on. */
    void restore(int first) {
        ledger = restored(out.journal.subList(first, out.journal.size()));
        ledger.checkComplete();
    }

    static Ledger restored(List<byte[]> journal) {
        Ledger ledger = new Ledger();
        restore(ledger, journal);
        return ledger;
    }

    /** As the store does it. */
    static void restore(Ledger ledger, List<byte[]> journal) {
        Restoring restoring = new Restoring(TestCodecs.shared().journal(), ledger);
        journal.forEach(restoring::add);
        restoring.applyAll();
    }

    /** Balances that are not zero, by account. */
    Map<String, Long> balances(String tenant) {
        byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
        Map<String, Long> balances = new TreeMap<>();
        ledger.balancesOf(ledger.tenants().find(name, 0, name.length)).forEach(posting -> {
            if (posting.getAmount() != 0) {
                balances.put(posting.getAccount(), posting.getAmount());
            }
        });
        return balances;
    }
}
