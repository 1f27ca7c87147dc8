package io.tillstream.ledgersink.testing;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.DayClosed;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PartHead;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.hot.HashChain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes journals as posting would: sequences, hash chains, marks, totals and brought-forward balances. It applies no posting
 * rule: the test says which postings an entry has.
 */
public final class JournalScript {
    private static final Instant CLOSED_AT = Instant.parse("2026-03-02T23:00:00Z");

    private final AvroCodec<JournalEntry> codec;
    private final List<Partition> partitions = new ArrayList<>();
    private final Map<String, LocalDate> openDates = new HashMap<>();
    private Consumer<DayClosed> tampering = close -> {};

    /** One partition as it grows. */
    private static final class Partition {
        private final List<byte[]> values = new ArrayList<>();
        private final HashChain chain = new HashChain();
        private final Map<String, TreeMap<String, Long>> balances = new HashMap<>();
        private final Map<String, Day> days = new HashMap<>();
    }

    /** A tenant's open day in one partition. */
    private static final class Day {
        private long first = -1;
        private long count;
        private final Map<String, SettlementLine> lines = new TreeMap<>();
    }

    public JournalScript(AvroCodec<JournalEntry> codec, int partitionCount) {
        this.codec = codec;
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new Partition());
        }
    }

    /** All values of a partition, in order; the list grows with the script. */
    public List<byte[]> values(int partition) {
        return partitions.get(partition).values;
    }

    /** Entries over all partitions. */
    public int size() {
        return partitions.stream()
                .mapToInt(partition -> partition.values.size())
                .sum();
    }

    /** TERMS_SET in every partition. */
    public void terms(String tenant, LocalDate openDate) {
        openDates.put(tenant, openDate);
        for (int partition = 0; partition < partitions.size(); partition++) {
            add(entry(partition, tenant, EntryKind.TERMS_SET)
                    .setTerms(terms(tenant))
                    .build());
        }
    }

    private TenantTerms terms(String tenant) {
        return new TenantTerms(tenant, "USD", openDates.get(tenant), 400, 3, 100_000_000L);
    }

    /** An event with postings; accounts and amounts in turns: {@code "clearing:acme", 100L, "fund:water", -100L}. */
    public JournalEntry record(int partition, PaymentEvent event, String through, Object... postings) {
        return post(partition, EntryKind.RECORDED, event, through, -1, postings);
    }

    /** An early event that waits. @return its entry */
    public JournalEntry park(int partition, PaymentEvent event) {
        return post(partition, EntryKind.PARKED, event, "", -1);
    }

    /** A parked event, posted. */
    public JournalEntry release(int partition, JournalEntry parked, String through, Object... postings) {
        return post(partition, EntryKind.RELEASED, parked.getEvent(), through, parked.getSequence(), postings);
    }

    /** A parked event, refused. */
    public JournalEntry refuse(int partition, JournalEntry parked) {
        JournalEntry.Builder entry = entry(partition, parked.getTenant(), EntryKind.RELEASE_REFUSED)
                .setEvent(parked.getEvent())
                .setRefersTo(parked.getSequence())
                .setReason(Refusal.PAYMENT_NOT_FOUND);
        return add(entry.build());
    }

    private JournalEntry post(
            int partition, EntryKind kind, PaymentEvent event, String through, long refersTo, Object... postings) {
        List<Posting> list = new ArrayList<>();
        for (int i = 0; i < postings.length; i += 2) {
            list.add(new Posting((Long) postings[i + 1], (String) postings[i]));
        }
        return add(entry(partition, event.getTenant(), kind)
                .setEvent(event)
                .setTender(event.getTender())
                .setThrough(through)
                .setRefersTo(refersTo)
                .setPostings(list)
                .build());
    }

    /** What is done to the next DAY_CLOSED entries before their hash is made: an entry that lies and still chains. */
    public void tamperNextClose(Consumer<DayClosed> change) {
        tampering = change;
    }

    /** DAY_CLOSED in every partition; opens the next day. @return what settlement would say */
    public SettlementBatch close(String tenant) {
        LocalDate date = openDates.get(tenant);
        String batchId = tenant + "-" + date.format(DateTimeFormatter.BASIC_ISO_DATE);
        Map<String, SettlementLine> totals = new TreeMap<>();
        List<PartHead> parts = new ArrayList<>();
        long entryCount = 0;
        for (int partition = 0; partition < partitions.size(); partition++) {
            Day day = day(partition, tenant);
            PartHead part = closePartition(partition, tenant, batchId, day);
            parts.add(part);
            entryCount += part.getEntryCount();
            day.lines.forEach((key, line) -> totals.merge(key, copy(line), JournalScript::sum));
            partitions.get(partition).days.remove(tenant);
        }
        openDates.put(tenant, date.plusDays(1));
        return new SettlementBatch(
                batchId,
                tenant,
                date,
                date.plusDays(1),
                "USD",
                CLOSED_AT,
                entryCount,
                parts,
                new ArrayList<>(totals.values()));
    }

    private PartHead closePartition(int number, String tenant, String batchId, Day day) {
        Partition partition = partitions.get(number);
        Map<String, Long> byProcessor = new TreeMap<>();
        day.lines.values().forEach(line -> byProcessor.merge(line.getThrough(), line.getNet(), Long::sum));
        List<Posting> postings = new ArrayList<>();
        byProcessor.forEach((through, net) -> {
            if (through.startsWith("clearing:") && net != 0) {
                postings.add(new Posting(net, through.replace("clearing:", "in-transit:")));
                postings.add(new Posting(-net, through));
            }
        });
        TreeMap<String, Long> balances = new TreeMap<>(partition.balances.getOrDefault(tenant, new TreeMap<>()));
        postings.forEach(posting -> balances.merge(posting.getAccount(), posting.getAmount(), Long::sum));
        long sequence = partition.values.size();
        long first = day.first < 0 ? sequence : day.first;
        List<Posting> forward = new ArrayList<>();
        balances.forEach((account, balance) -> forward.add(new Posting(balance, account)));
        LocalDate next = openDates.get(tenant).plusDays(1);
        DayClosed close = new DayClosed(
                batchId,
                next,
                1L,
                next.minusDays(400),
                day.count + 1,
                first,
                terms(tenant),
                day.lines.values().stream().map(JournalScript::copy).toList(),
                forward);
        tampering.accept(close);
        JournalEntry closed = add(entry(number, tenant, EntryKind.DAY_CLOSED)
                .setPostings(postings)
                .setClose(close)
                .build());
        return new PartHead(
                number, first, sequence, day.count, new Hash(closed.getHash().bytes()));
    }

    private Day day(int partition, String tenant) {
        return partitions.get(partition).days.computeIfAbsent(tenant, first -> new Day());
    }

    private JournalEntry.Builder entry(int partition, String tenant, EntryKind kind) {
        long sequence = partitions.get(partition).values.size();
        return JournalEntry.newBuilder()
                .setSequence(sequence)
                .setKind(kind)
                .setPartition(partition)
                .setBusinessDate(openDates.get(tenant))
                .setRecordedAt(TestEvent.OCCURRED.plusSeconds(1).plusMillis(sequence))
                .setSourceOffset(2 * sequence)
                .setRefersTo(-1)
                .setReason(Refusal.NONE)
                .setTender(Tender.CARD)
                .setCurrency("USD")
                .setTenant(tenant)
                .setThrough("")
                .setPostings(List.of())
                .setEvent(null)
                .setTerms(null)
                .setClose(null)
                .setHash(new Hash(new byte[32]));
    }

    private JournalEntry add(JournalEntry entry) {
        Partition partition = partitions.get(entry.getPartition());
        byte[] value = codec.encode(entry);
        partition.chain.seal(value);
        entry.setHash(new Hash(partition.chain.head()));
        partition.values.add(value);
        TreeMap<String, Long> balances =
                partition.balances.computeIfAbsent(entry.getTenant(), first -> new TreeMap<>());
        entry.getPostings().forEach(posting -> balances.merge(posting.getAccount(), posting.getAmount(), Long::sum));
        count(entry);
        return entry;
    }

    private void count(JournalEntry entry) {
        Day day = day(entry.getPartition(), entry.getTenant());
        day.first = day.first < 0 ? entry.getSequence() : day.first;
        day.count++;
        if (entry.getEvent() != null) {
            Lines.add(day.lines, entry);
        }
    }

    private static SettlementLine copy(SettlementLine line) {
        return SettlementLine.newBuilder(line).build();
    }

    private static SettlementLine sum(SettlementLine a, SettlementLine b) {
        return Lines.sum(a, b);
    }
}
