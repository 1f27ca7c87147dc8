package io.tillstream.streams.posting;

import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.DayClosed;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.hot.EntryView;
import io.tillstream.schemas.hot.EntryWriter;
import io.tillstream.schemas.hot.EventView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the next entry of a ledger's journal and seals it into the hash chain. The caller applies it at once. */
final class EntryComposer {
    /** Where an entry comes from: the input record's offset and timestamp. */
    record Origin(long offset, long timestampMs) {}

    private static final long NO_REFERENCE = -1;

    private final PostingCodecs codecs;
    private final int partition;
    private final EntryWriter writer = new EntryWriter();

    EntryComposer(PostingCodecs codecs, int partition) {
        this.codecs = codecs;
        this.partition = partition;
    }

    /** An accepted event, posted or without postings, or parked. */
    EntryView event(
            Ledger ledger, Tenants.Tenant tenant, EventView event, Decision decision, long offset, long timestampMs) {
        EntryKind kind = decision.isParked() ? EntryKind.PARKED : EntryKind.RECORDED;
        return write(ledger, tenant, kind, event, decision, offset, timestampMs, NO_REFERENCE, Refusal.NONE);
    }

    /** What became of a parked event: RELEASED with postings, or RELEASE_REFUSED. */
    EntryView parked(
            Ledger ledger,
            Tenants.Tenant tenant,
            EventView event,
            Decision decision,
            Origin origin,
            long parkedSequence) {
        EntryKind kind = decision.isRefused() ? EntryKind.RELEASE_REFUSED : EntryKind.RELEASED;
        return write(
                ledger,
                tenant,
                kind,
                event,
                decision,
                origin.offset(),
                origin.timestampMs(),
                parkedSequence,
                decision.refusal());
    }

    private EntryView write(
            Ledger ledger,
            Tenants.Tenant tenant,
            EntryKind kind,
            EventView event,
            Decision decision,
            long offset,
            long timestampMs,
            long refersTo,
            Refusal reason) {
        EntryWriter out = writer;
        out.begin(
                codecs.journal().schemaId(),
                ledger.nextSequence(),
                kind,
                partition,
                tenant.openDate,
                timestampMs,
                offset,
                refersTo,
                reason);
        out.owner(decision.tender(), tenant.currency, tenant.name);
        out.through(
                decision.throughPrefix(), decision.throughSource(), decision.throughFrom(), decision.throughLength());
        int count = decision.postingCount();
        out.postings(count);
        for (int i = 0; i < count; i++) {
            out.posting(
                    decision.amount(i), decision.prefix(i), decision.source(i), decision.from(i), decision.length(i));
        }
        out.postingsEnd();
        EntryView entry = out.end(event);
        ledger.chain().seal(entry.bytes());
        return entry;
    }

    /** New or changed terms of a city. */
    byte[] terms(Ledger ledger, Tenants.Tenant tenantOrNull, TenantTerms terms, Origin origin) {
        boolean isNew = tenantOrNull == null || !tenantOrNull.known;
        LocalDate openDate = isNew ? terms.getOpenDate() : LocalDate.ofEpochDay(tenantOrNull.openDate);
        JournalEntry entry =
                mark(ledger, EntryKind.TERMS_SET, terms.getTenant(), terms.getCurrency(), openDate, origin);
        entry.setRefersTo(isNew ? NO_REFERENCE : tenantOrNull.termsSequence);
        entry.setTerms(terms);
        return seal(ledger, entry);
    }

    /** The end of the open business date: clearing moves to in-transit, balances are brought forward. */
    byte[] close(Ledger ledger, Tenants.Tenant tenant, BusinessDayClose mark, Origin origin) {
        LocalDate openDate = LocalDate.ofEpochDay(tenant.openDate);
        String currency = text(tenant.currency);
        JournalEntry entry = mark(ledger, EntryKind.DAY_CLOSED, tenant.text(), currency, openDate, origin);
        Map<String, Long> balances = new TreeMap<>();
        ledger.balancesOf(tenant).forEach(balance -> balances.put(balance.getAccount(), balance.getAmount()));
        entry.setPostings(clearingToInTransit(balances));
        for (Posting posting : entry.getPostings()) {
            balances.merge(posting.getAccount(), posting.getAmount(), Math::addExact);
        }
        List<Posting> broughtForward = new ArrayList<>();
        balances.forEach((account, balance) -> broughtForward.add(new Posting(balance, account)));
        TenantTerms terms = new TenantTerms(
                tenant.text(),
                currency,
                mark.getNextBusinessDate(),
                tenant.horizonDays,
                tenant.parkedCloses,
                tenant.amountMax);
        entry.setClose(new DayClosed(
                batchId(tenant.text(), openDate),
                mark.getNextBusinessDate(),
                tenant.closeCount + 1,
                LocalDate.ofEpochDay(tenant.oldestDateAfterClose()),
                tenant.dayEntryCount + 1,
                tenant.dayFirstSequence < 0 ? ledger.nextSequence() : tenant.dayFirstSequence,
                terms,
                lines(ledger, tenant),
                broughtForward));
        return seal(ledger, entry);
    }

    static String batchId(String tenant, LocalDate businessDate) {
        return tenant + "-" + businessDate.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    /** The open date's totals, ordered, lines without a posting left out. */
    private static List<SettlementLine> lines(Ledger ledger, Tenants.Tenant tenant) {
        Profiles profiles = ledger.profiles();
        List<SettlementLine> lines = new ArrayList<>();
        for (int number = 0; number < profiles.size(); number++) {
            if (profiles.get(number).tenant() == tenant.number && !profiles.isEmpty(number)) {
                lines.add(line(ledger, number));
            }
        }
        lines.sort(Comparator.comparing(SettlementLine::getThrough)
                .thenComparing(SettlementLine::getTender)
                .thenComparing(SettlementLine::getAccount));
        return lines;
    }

    private static SettlementLine line(Ledger ledger, int number) {
        Profiles profiles = ledger.profiles();
        Profiles.Profile profile = profiles.get(number);
        long net = profiles.total(number, Profiles.GROSS);
        for (int column = Profiles.VOIDS; column < Profiles.COLUMNS; column++) {
            net = Math.subtractExact(net, profiles.total(number, column));
        }
        return new SettlementLine(
                text(ledger.accountName(profile.through())),
                profile.tender(),
                text(ledger.accountName(profile.line())),
                profiles.total(number, Profiles.GROSS),
                profiles.total(number, Profiles.VOIDS),
                profiles.total(number, Profiles.REFUNDS),
                profiles.total(number, Profiles.CHARGEBACKS),
                profiles.total(number, Profiles.RETURNS),
                profiles.total(number, Profiles.FEES),
                net,
                profiles.count(number, Profiles.GROSS),
                profiles.count(number, Profiles.VOIDS),
                profiles.count(number, Profiles.REFUNDS),
                profiles.count(number, Profiles.CHARGEBACKS),
                profiles.count(number, Profiles.RETURNS),
                profiles.count(number, Profiles.FEES));
    }

    private static List<Posting> clearingToInTransit(Map<String, Long> balances) {
        String clearing = text(Accounts.CLEARING);
        List<Posting> postings = new ArrayList<>();
        balances.forEach((account, net) -> {
            if (account.startsWith(clearing) && net != 0) {
                String processor = account.substring(clearing.length());
                postings.add(new Posting(net, text(Accounts.IN_TRANSIT) + processor));
                postings.add(new Posting(Math.negateExact(net), account));
            }
        });
        return postings;
    }

    private JournalEntry mark(
            Ledger ledger, EntryKind kind, String tenant, String currency, LocalDate businessDate, Origin origin) {
        return new JournalEntry(
                ledger.nextSequence(),
                kind,
                partition,
                businessDate,
                Instant.ofEpochMilli(origin.timestampMs()),
                origin.offset(),
                NO_REFERENCE,
                Refusal.NONE,
                Tender.CARD,
                currency,
                tenant,
                "",
                List.of(),
                null,
                null,
                null,
                new Hash(new byte[EntryWriter.HASH_BYTES]));
    }

    private byte[] seal(Ledger ledger, JournalEntry entry) {
        byte[] value = codecs.journal().encode(entry);
        ledger.chain().seal(value);
        return value;
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }
}
