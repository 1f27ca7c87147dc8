package io.tillstream.streams.posting.reference;

import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.DayClosed;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Says what posting must make of each record of one partition. */
public final class ReferenceLedger {
    private final int partition;
    private final int partitionCount;
    private final Map<String, City> cities = new TreeMap<>();
    private long nextSequence;
    private long offset;
    private Instant recordedAt = Instant.EPOCH;
    private List<JournalEntry> entries = new ArrayList<>();
    private List<Refused> refused = new ArrayList<>();
    private List<SettlementPart> parts = new ArrayList<>();

    public ReferenceLedger(int partition, int partitionCount) {
        this.partition = partition;
        this.partitionCount = partitionCount;
    }

    /** Every account of a city, ordered; empty for one that is not known. */
    public List<Posting> balances(String tenant) {
        City city = cities.get(tenant);
        return city == null ? List.of() : city.balances();
    }

    /** Ids of business dates before this one are forgotten; {@code LocalDate.MIN} if none are. */
    public LocalDate forgottenBefore(String tenant) {
        return cities.get(tenant).forgottenBefore;
    }

    /** The city's open business date, or null for one that is not known. */
    public LocalDate openDate(String tenant) {
        City city = cities.get(tenant);
        return city == null ? null : city.openDate;
    }

    public Outcome event(PaymentEvent event, long offset, Instant recordedAt) {
        begin(offset, recordedAt);
        Refusal refusal = refusalAtArrival(event);
        if (refusal != Refusal.NONE) {
            refuse(event, refusal);
            return outcome();
        }
        City city = cities.get(event.getTenant());
        if (Rules.refersToPayment(event.getType()) && city.payment(paymentId(event)) == null) {
            meetMissingPayment(city, event);
            return outcome();
        }
        refusal = Rules.refusalByPayment(city, event, city.payment(paymentId(event)));
        if (refusal != Refusal.NONE) {
            refuse(event, refusal);
            return outcome();
        }
        city.remember(event);
        post(city, event, EntryKind.RECORDED, -1);
        if (event.getType() == PaymentEventType.CAPTURED) {
            release(city, paymentId(event));
        }
        return outcome();
    }

    private Refusal refusalAtArrival(PaymentEvent event) {
        byte[] key = (event.getTenant() + ":" + paymentId(event)).getBytes(StandardCharsets.UTF_8);
        if (BuiltInPartitioner.partitionForKey(key, partitionCount) != partition) {
            return Refusal.MISROUTED;
        }
        City city = cities.get(event.getTenant());
        return city == null ? Refusal.TENANT_UNKNOWN : Rules.refusalByTerms(city, event);
    }

    private void meetMissingPayment(City city, PaymentEvent event) {
        if (city.terms.getParkedCloses() == 0) {
            refuse(event, Refusal.PAYMENT_NOT_FOUND);
            return;
        }
        city.remember(event);
        city.parked.add(new City.Parked(nextSequence, city.closes.size(), event));
        write(city, entry(city, EntryKind.PARKED, event, event.getTender(), "", List.of(), -1));
    }

    private void release(City city, UUID paymentId) {
        for (City.Parked waiting : List.copyOf(city.parked)) {
            if (paymentId(waiting.event()).equals(paymentId)) {
                city.parked.remove(waiting);
                Refusal refusal = Rules.refusalByPayment(city, waiting.event(), city.payment(paymentId));
                if (refusal == Refusal.NONE) {
                    post(city, waiting.event(), EntryKind.RELEASED, waiting.sequence());
                } else {
                    refuseParked(city, waiting, refusal);
                }
            }
        }
    }

    private void refuseParked(City city, City.Parked waiting, Refusal reason) {
        PaymentEvent event = waiting.event();
        JournalEntry entry =
                entry(city, EntryKind.RELEASE_REFUSED, event, event.getTender(), "", List.of(), waiting.sequence());
        entry.setReason(reason);
        write(city, entry);
        refuse(event, reason);
    }

    private void post(City city, PaymentEvent event, EntryKind kind, long refersTo) {
        Payment payment = city.payment(paymentId(event));
        Rules.Effect effect = Rules.effect(city, event, payment);
        if (event.getType() == PaymentEventType.CAPTURED) {
            city.payments.put(paymentId(event), new Payment(event, effect.through(), city.openDate));
        } else if (Rules.refersToPayment(event.getType())) {
            Rules.change(payment, event);
        }
        write(city, entry(city, kind, event, effect.tender(), effect.through(), effect.postings(), refersTo));
    }

    public Outcome terms(TenantTerms terms, long offset, Instant recordedAt) {
        begin(offset, recordedAt);
        City city = cities.get(terms.getTenant());
        if (city == null) {
            city = new City(terms);
            cities.put(city.name, city);
            setTerms(city, terms, -1);
        } else if (!terms.getCurrency().equals(city.terms.getCurrency())) {
            refuseMark(terms.getTenant(), Refusal.CURRENCY_NOT_OF_TENANT);
        } else if (terms.getHorizonDays() != city.terms.getHorizonDays()
                || terms.getParkedCloses() != city.terms.getParkedCloses()
                || terms.getAmountMax() != city.terms.getAmountMax()) {
            setTerms(city, terms, city.termsSequence);
        }
        return outcome();
    }

    private void setTerms(City city, TenantTerms terms, long refersTo) {
        city.terms = terms;
        city.termsSequence = nextSequence;
        JournalEntry entry = entry(city, EntryKind.TERMS_SET, null, Tender.CARD, "", List.of(), refersTo);
        entry.setTerms(terms);
        write(city, entry);
    }

    public Outcome close(BusinessDayClose close, long offset, Instant recordedAt) {
        begin(offset, recordedAt);
        City city = cities.get(close.getTenant());
        if (city == null) {
            refuseMark(close.getTenant(), Refusal.TENANT_UNKNOWN);
        } else if (!close.getBusinessDate().equals(city.openDate)
                || !close.getNextBusinessDate().isAfter(close.getBusinessDate())) {
            refuseMark(close.getTenant(), Refusal.CLOSE_OUT_OF_ORDER);
        } else {
            closeDay(city, close);
        }
        return outcome();
    }

    private void closeDay(City city, BusinessDayClose close) {
        for (City.Parked waiting : List.copyOf(city.parked)) {
            long closesSince = city.closes.size() + 1 - waiting.closeCount();
            if (closesSince >= city.terms.getParkedCloses()) {
                city.parked.remove(waiting);
                refuseParked(city, waiting, Refusal.PAYMENT_NOT_FOUND);
            }
        }
        List<Posting> postings = new ArrayList<>();
        city.balances.forEach((account, net) -> {
            if (account.startsWith("clearing:") && net.signum() != 0) {
                postings.add(new Posting(net.negate().longValueExact(), account));
                postings.add(
                        new Posting(net.longValueExact(), "in-transit:" + account.substring("clearing:".length())));
            }
        });
        LocalDate date = city.openDate;
        JournalEntry entry = entry(city, EntryKind.DAY_CLOSED, null, Tender.CARD, "", postings, -1);
        TreeMap<String, BigInteger> brought = new TreeMap<>(city.balances);
        postings.forEach(posting ->
                brought.merge(posting.getAccount(), BigInteger.valueOf(posting.getAmount()), BigInteger::add));
        List<Posting> balances = new ArrayList<>();
        brought.forEach((account, balance) -> balances.add(new Posting(balance.longValueExact(), account)));
        TenantTerms inForce = TenantTerms.newBuilder(city.terms)
                .setOpenDate(close.getNextBusinessDate())
                .build();
        String batchId = city.name + "-" + date.toString().replace("-", "");
        long first = city.dayFirst < 0 ? nextSequence : city.dayFirst;
        entry.setClose(new DayClosed(
                batchId,
                close.getNextBusinessDate(),
                city.closes.size() + 1L,
                city.oldestAfterClose(),
                city.dayEntries + 1,
                first,
                inForce,
                city.lines.all(),
                balances));
        city.termsSequence = nextSequence;
        write(city, entry);
        parts.add(new SettlementPart(
                batchId,
                city.name,
                date,
                close.getNextBusinessDate(),
                city.terms.getCurrency(),
                close.getClosedAt(),
                partition,
                partitionCount,
                first,
                entry.getSequence(),
                entry.getClose().getEntryCount(),
                Outcome.noHash(),
                entry.getClose().getLines()));
        city.close(close.getNextBusinessDate());
    }

    private void begin(long inputOffset, Instant timestamp) {
        offset = inputOffset;
        recordedAt = timestamp;
        entries = new ArrayList<>();
        refused = new ArrayList<>();
        parts = new ArrayList<>();
    }

    private Outcome outcome() {
        return new Outcome(entries, refused, parts);
    }

    private JournalEntry entry(
            City city,
            EntryKind kind,
            PaymentEvent event,
            Tender tender,
            String through,
            List<Posting> postings,
            long refersTo) {
        JournalEntry entry = new JournalEntry(
                nextSequence,
                kind,
                partition,
                city.openDate,
                recordedAt,
                offset,
                refersTo,
                Refusal.NONE,
                tender,
                city.terms.getCurrency(),
                city.name,
                through,
                postings,
                event,
                null,
                null,
                Outcome.noHash());
        Outcome.makeComparable(entry);
        return entry;
    }

    private void write(City city, JournalEntry entry) {
        city.book(entry.getPostings());
        city.lines.add(entry);
        if (city.dayFirst < 0) {
            city.dayFirst = nextSequence;
        }
        city.dayEntries++;
        nextSequence++;
        entries.add(entry);
    }

    private void refuse(PaymentEvent event, Refusal reason) {
        refused.add(new Refused(reason, "", event.getTenant(), partition, offset, recordedAt, event));
    }

    private void refuseMark(String tenant, Refusal reason) {
        refused.add(new Refused(reason, "", tenant, partition, offset, recordedAt, null));
    }

    private static UUID paymentId(PaymentEvent event) {
        return Ids.toUuid(event.getPaymentId());
    }
}
