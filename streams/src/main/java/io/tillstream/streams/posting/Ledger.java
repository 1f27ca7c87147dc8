package io.tillstream.streams.posting;

import io.tillstream.schemas.DayClosed;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.hot.EntryView;
import io.tillstream.schemas.hot.EventView;
import io.tillstream.schemas.hot.HashChain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The state of one partition: what the journal's entries add up to. {@link #apply} is the only way to change it, for a new entry, a
 * restored one and on a standby alike; everything else here only looks. Knows no Kafka type.
 */
class Ledger {
    private final MarkReader marks = new MarkReader();
    private final EntryView read = new EntryView();
    private EntryView entry = read; // that is being applied
    private final HashChain chain = new HashChain();
    private final Tenants tenants = new Tenants();
    private final Names accounts = new Names();
    private final Profiles profiles = new Profiles();
    private final Payments payments;
    private final ParkedEvents parked = new ParkedEvents();
    private long[] balances = new long[64];
    private long nextSequence;
    private boolean trimmed; // the journal from which this was restored has lost its beginning
    private int[] postingAccounts = new int[8]; // of the entry that is being applied
    private int lineProfile; // of its last posting that is not on the clearing or till account
    private int[] lineAccounts = new int[8];
    private long[] lineAmounts = new long[8];

    /** A ledger that keeps everything in memory. */
    Ledger() {
        payments = new Payments(tenants, profiles);
    }

    /** A ledger that keeps about {@code hotRows} rows of its payments in memory, and the older ones in {@code cold}. */
    Ledger(ColdRows cold, int hotRows) {
        payments = new Payments(tenants, profiles, cold, hotRows);
    }

    /** Takes over a mark that was just written and sealed by {@link #chain}. */
    void applyNew(byte[] value) {
        read(value);
        applyNext(value, tenantOfEntry());
    }

    /** Takes over an entry that was just written around a city's event and sealed by {@link #chain}. */
    void applyNew(EntryView written, Tenants.Tenant tenant) {
        entry = written;
        applyNext(written.bytes(), tenant);
    }

    private void read(byte[] value) {
        read.wrap(value);
        entry = read;
    }

    private void applyNext(byte[] value, Tenants.Tenant tenant) {
        if (entry.sequence() != nextSequence) {
            throw broken("sequence " + nextSequence, "sequence " + entry.sequence());
        }
        apply(value, tenant);
    }

    /** Brings what restoring this entry will look at into the processor's cache; changes nothing. */
    void expect(EntryView ahead) {
        if (ahead.hasEvent()) {
            EventView event = ahead.event();
            payments.expect(event.eventIdHigh(), event.eventIdLow());
            if (!event.beginsPayment()) {
                payments.expect(event.paymentIdHigh(), event.paymentIdLow());
            }
        }
    }

    /**
     * Takes over an entry from the journal topic, and checks that it is the next one and follows the hash chain.
     *
     * @param value as it was written
     * @param current the same entry in the current schema version; of the same array if it was written in it
     * @throws BrokenInvariantException if it is not; nothing has been changed then
     */
    void applyRestored(byte[] value, EntryView current) {
        entry = current;
        boolean beginsTrimmed = nextSequence == 0 && entry.sequence() != 0 && entry.kind() == EntryKind.DAY_CLOSED;
        if (beginsTrimmed) {
            trimmed = true;
            nextSequence = entry.sequence();
            chain.startFrom(entry.bytes(), entry.hashAt());
        } else {
            checkFollows(value, entry.sequence());
        }
        apply(entry.bytes(), tenantOfEntry());
    }

    /** Sequence and hash chain. Overridden only by a test that shows what happens without it. */
    void checkFollows(byte[] value, long sequence) {
        if (sequence != nextSequence) {
            throw broken("sequence " + nextSequence, "sequence " + sequence);
        }
        if (!chain.follows(value)) {
            throw broken("a hash that follows the entry before", "another at sequence " + nextSequence);
        }
    }

    private Tenants.Tenant tenantOfEntry() {
        return tenants.findOrAdd(entry.bytes(), entry.tenantAt(), entry.tenantLength());
    }

    private void apply(byte[] value, Tenants.Tenant tenant) {
        post(tenant, value);
        count(tenant);
        switch (entry.kind()) {
            case RECORDED -> {
                keepEventId(tenant, entry.event());
                follow(tenant, entry.event());
            }
            case PARKED -> {
                keepEventId(tenant, entry.event());
                park(tenant, entry.event());
            }
            case RELEASED -> {
                unpark();
                follow(tenant, entry.event());
            }
            case RELEASE_REFUSED -> unpark();
            case TERMS_SET -> setTerms(tenant, value);
            case DAY_CLOSED -> closeDay(tenant, value);
        }
        nextSequence++;
    }

    private void post(Tenants.Tenant tenant, byte[] value) {
        long sum = 0;
        for (int i = 0; i < entry.postingCount(); i++) {
            int account = account(tenant, value, entry.accountAt(i), entry.accountLength(i));
            keepPostingAccount(i, account);
            sum = Math.addExact(sum, entry.amount(i));
            balances[account] = Math.addExact(balances[account], entry.amount(i));
        }
        if (sum != 0) {
            throw broken("debits = credits at sequence " + nextSequence, "a difference of " + sum);
        }
    }

    private void keepPostingAccount(int posting, int account) {
        if (posting == postingAccounts.length) {
            postingAccounts = Arrays.copyOf(postingAccounts, 2 * posting);
        }
        postingAccounts[posting] = account;
    }

    private void count(Tenants.Tenant tenant) {
        if (tenant.dayFirstSequence < 0) {
            tenant.dayFirstSequence = nextSequence;
        }
        tenant.dayEntryCount++;
    }

    private void keepEventId(Tenants.Tenant tenant, EventView event) {
        payments.addEvent(
                event.eventIdHigh(), event.eventIdLow(), event.bodyHash(), tenant.number, entry.businessDate());
    }

    /** What an event, posted now, changes of its payment. */
    private void follow(Tenants.Tenant tenant, EventView event) {
        int through = entry.throughLength() == 0 ? Profiles.NO_ACCOUNT : through(tenant);
        addToDay(tenant, event.type(), through);
        switch (event.type()) {
            case CAPTURED -> capture(tenant, event, through);
            case VOIDED -> changePayment(tenant, event, row -> payments.setVoided(row));
            case REFUNDED, RETURNED -> changePayment(tenant, event, row -> takeBack(row, through, event.amount()));
            case CHARGED_BACK ->
                changePayment(tenant, event, row -> payments.reversal(row).disputeOpen += event.amount());
            case CHARGEBACK_WON ->
                changePayment(tenant, event, row -> payments.reversal(row).disputeOpen -= event.amount());
            case CHARGEBACK_LOST ->
                changePayment(tenant, event, row -> {
                    payments.reversal(row).disputeOpen -= event.amount();
                    takeBack(row, through, event.amount());
                });
            case AUTHORISED, DECLINED, ENROLLED, PROCESSOR_FEE, DEPOSITED, FUNDED -> {
                // changes no payment that posting keeps
            }
        }
    }

    /** The clearing or till account; nearly always one of the postings is on it, and its bytes are compared sooner than looked up. */
    private int through(Tenants.Tenant tenant) {
        byte[] bytes = entry.bytes();
        int at = entry.throughAt();
        int length = entry.throughLength();
        for (int i = 0; i < entry.postingCount(); i++) {
            int account = entry.accountAt(i);
            if (entry.accountLength(i) == length && Bytes.same(bytes, account, bytes, at, length)) {
                return postingAccounts[i];
            }
        }
        return account(tenant, bytes, at, length);
    }

    private void addToDay(Tenants.Tenant tenant, PaymentEventType type, int through) {
        for (int i = 0; i < entry.postingCount(); i++) {
            int account = postingAccounts[i];
            if (account != through) {
                int place = profiles.placeOf(tenant.number, through, entry.tender(), account);
                profiles.addToDay(place, type, entry.amount(i));
                lineProfile = profiles.numberAt(place);
            }
        }
    }

    private void capture(Tenants.Tenant tenant, EventView event, int through) {
        int lines = 0;
        for (int i = 0; i < entry.postingCount(); i++) {
            int account = postingAccounts[i];
            if (account != through) {
                lines = addLine(lines, account, -entry.amount(i));
            }
        }
        int profile = lines == 1
                ? lineProfile
                : profiles.numberOf(tenant.number, through, entry.tender(), Profiles.NO_ACCOUNT);
        payments.addPayment(
                tenant.number,
                event.paymentIdHigh(),
                event.paymentIdLow(),
                event.amount(),
                profile,
                lines,
                lineAccounts,
                lineAmounts,
                entry.businessDate());
    }

    /** Adds up what goes to one account, so that a payment has one line for each. */
    private int addLine(int lines, int account, long amount) {
        for (int line = 0; line < lines; line++) {
            if (lineAccounts[line] == account) {
                lineAmounts[line] += amount;
                return lines;
            }
        }
        if (lines == lineAccounts.length) {
            lineAccounts = Arrays.copyOf(lineAccounts, 2 * lines);
            lineAmounts = Arrays.copyOf(lineAmounts, 2 * lines);
        }
        lineAccounts[lines] = account;
        lineAmounts[lines] = amount;
        return lines + 1;
    }

    private void takeBack(int row, int through, long amount) {
        Payments.Reversal reversal = payments.reversal(row);
        reversal.taken += amount;
        for (int i = 0; i < entry.postingCount(); i++) {
            int account = postingAccounts[i];
            for (int line = 0; line < reversal.left.length; line++) {
                if (account != through && payments.lineAccount(row, line) == account) {
                    reversal.left[line] -= entry.amount(i);
                }
            }
        }
    }

    private void changePayment(Tenants.Tenant tenant, EventView event, java.util.function.IntConsumer change) {
        int row = payments.findPayment(tenant.number, event.paymentIdHigh(), event.paymentIdLow());
        if (row != Payments.NONE) {
            change.accept(row);
        } else if (!trimmed) {
            throw broken("the payment of the event at sequence " + nextSequence, "none");
        }
    }

    private void park(Tenants.Tenant tenant, EventView event) {
        byte[] bytes = Arrays.copyOfRange(event.bytes(), event.start(), event.end());
        UUID paymentId = new UUID(event.paymentIdHigh(), event.paymentIdLow());
        parked.add(new ParkedEvents.Parked(nextSequence, tenant.number, tenant.closeCount, paymentId, bytes));
    }

    private void unpark() {
        if (parked.remove(entry.refersTo()) == null && !trimmed) {
            throw broken("a parked event of sequence " + entry.refersTo(), "none, at sequence " + nextSequence);
        }
    }

    private void setTerms(Tenants.Tenant tenant, byte[] value) {
        tenant.set(marks.entry(value).getTerms());
        tenant.termsSequence = nextSequence;
        if (entry.refersTo() < 0) {
            tenant.based = true;
            tenant.whole = true;
        }
    }

    private void closeDay(Tenants.Tenant tenant, byte[] value) {
        JournalEntry mark = marks.entry(value);
        DayClosed close = mark.getClose();
        if (tenant.based) {
            checkBroughtForward(tenant, close);
        } else {
            base(tenant, mark);
        }
        tenant.close(Math.toIntExact(close.getNextBusinessDate().toEpochDay()));
        tenant.termsSequence = nextSequence;
        profiles.clearDay(tenant.number);
        payments.dropForgotten();
    }

    private void checkBroughtForward(Tenants.Tenant tenant, DayClosed close) {
        List<Posting> expected = balancesOf(tenant);
        if (!expected.equals(close.getBalances())) {
            throw broken(
                    "the balances brought forward to be those of the entries before",
                    "others at sequence " + nextSequence);
        }
    }

    /** Starts a city from its balances brought forward, when the entries before are no longer kept. */
    private void base(Tenants.Tenant tenant, JournalEntry mark) {
        DayClosed close = mark.getClose();
        tenant.known = false;
        tenant.set(close.getTerms());
        tenant.openDate = Math.toIntExact(mark.getBusinessDate().toEpochDay());
        tenant.oldestDate = Math.toIntExact(close.getOldestDate().toEpochDay());
        tenant.closeCount = close.getCloseCount() - 1;
        for (Posting balance : close.getBalances()) {
            byte[] name = balance.getAccount().getBytes(StandardCharsets.UTF_8);
            int account = account(tenant, name, 0, name.length); // may put a longer array in the place of balances
            balances[account] = balance.getAmount();
        }
        tenant.based = true;
    }

    private int account(Tenants.Tenant tenant, byte[] source, int from, int length) {
        int account = accounts.findOrAdd(tenant.number, source, from, length);
        if (account >= balances.length) {
            balances = Arrays.copyOf(balances, 2 * balances.length);
        }
        return account;
    }

    private static BrokenInvariantException broken(String expected, String found) {
        return new BrokenInvariantException("Journal: expected " + expected + ", found " + found);
    }

    // From here on nothing changes state.

    /** Checks, before the first decision after a restore, that what was restored suffices to decide. */
    void checkComplete() {
        for (int number = 0; trimmed && number < tenants.size(); number++) {
            Tenants.Tenant tenant = tenants.get(number);
            if (!tenant.isComplete()) {
                throw broken(
                        "two horizons (" + 2 * tenant.horizonDays + " closes) of " + tenant.text()
                                + " in the trimmed journal",
                        "fewer");
            }
        }
    }

    /** Seals new entries; its head is the latest entry's hash. */
    HashChain chain() {
        return chain;
    }

    long nextSequence() {
        return nextSequence;
    }

    Tenants tenants() {
        return tenants;
    }

    Payments payments() {
        return payments;
    }

    Profiles profiles() {
        return profiles;
    }

    ParkedEvents parked() {
        return parked;
    }

    byte[] accountName(int account) {
        return accounts.name(account);
    }

    /** Number of a city's account, or {@link Names#NONE}. */
    int findAccount(Tenants.Tenant tenant, byte[] name) {
        return accounts.find(tenant.number, name, 0, name.length);
    }

    long balance(int account) {
        return balances[account];
    }

    /** Every account of a city with its balance, ordered by name. */
    List<Posting> balancesOf(Tenants.Tenant tenant) {
        List<Posting> all = new ArrayList<>();
        for (int account = 0; account < accounts.size(); account++) {
            if (accounts.scope(account) == tenant.number) {
                all.add(new Posting(balances[account], new String(accounts.name(account), StandardCharsets.UTF_8)));
            }
        }
        all.sort((a, b) -> a.getAccount().compareTo(b.getAccount()));
        return all;
    }
}
