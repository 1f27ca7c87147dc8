package io.tillstream.streams.posting;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.streams.posting.reference.Lines;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The invariants of DESIGN section 6 that one partition's journal can show, checked after every record. Knows nothing of rules. */
final class Invariants {
    private record EventKey(String tenant, UUID eventId, long amount, Object occurredAt, Object type) {}

    /** What one city's entries add up to. */
    private static final class Fold {
        final TreeMap<String, BigInteger> balances = new TreeMap<>();
        final List<JournalEntry> openDay = new ArrayList<>();
    }

    private final MessageDigest sha = sha256();
    private final Map<String, Fold> folds = new HashMap<>();
    private final Map<EventKey, Long> recorded = new HashMap<>();
    private final Map<Long, Boolean> parkedEnded = new HashMap<>();
    private byte[] head = new byte[32];
    private long nextSequence;

    /** Looks at what one input record led to; {@code refused} and {@code quarantined} are counts. */
    void check(
            Input input,
            List<byte[]> values,
            List<JournalEntry> entries,
            int refused,
            int quarantined,
            List<SettlementPart> parts) {
        for (int i = 0; i < entries.size(); i++) {
            gaplessAndChained(values.get(i), entries.get(i));
            debitsAreCredits(entries.get(i));
            fold(entries.get(i));
        }
        oneOutcome(input, entries, refused, quarantined);
        if (!parts.isEmpty()) {
            batchIsItsEntries(entries.get(entries.size() - 1), parts);
        }
    }

    private void gaplessAndChained(byte[] value, JournalEntry entry) {
        require("I6 sequence gapless", nextSequence, entry.getSequence());
        nextSequence++;
        sha.update(head);
        sha.update(value, 5, value.length - 37);
        head = sha.digest();
        if (!Arrays.equals(head, entry.getHash().bytes())
                || !Arrays.equals(head, 0, 32, value, value.length - 32, value.length)) {
            throw new AssertionError("I6 hash chain: broken at sequence " + entry.getSequence());
        }
    }

    private static void debitsAreCredits(JournalEntry entry) {
        BigInteger sum = BigInteger.ZERO;
        for (Posting posting : entry.getPostings()) {
            sum = sum.add(BigInteger.valueOf(posting.getAmount()));
        }
        require("I1 debits = credits at sequence " + entry.getSequence(), BigInteger.ZERO, sum);
    }

    private void fold(JournalEntry entry) {
        Fold fold = folds.computeIfAbsent(entry.getTenant(), t -> new Fold());
        for (Posting posting : entry.getPostings()) {
            fold.balances.merge(posting.getAccount(), BigInteger.valueOf(posting.getAmount()), BigInteger::add);
        }
        fold.openDay.add(entry);
    }

    private void oneOutcome(Input input, List<JournalEntry> entries, int refused, int quarantined) {
        int arrivals = 0;
        int endings = 0;
        for (JournalEntry entry : entries) {
            switch (entry.getKind()) {
                case RECORDED, PARKED -> {
                    arrivals++;
                    EventKey key = keyOf(entry);
                    require("I2 recorded once: " + key, null, recorded.putIfAbsent(key, entry.getSequence()));
                }
                case RELEASED, RELEASE_REFUSED -> {
                    endings += entry.getKind() == EntryKind.RELEASE_REFUSED ? 1 : 0;
                    require("I2 ended once", null, parkedEnded.putIfAbsent(entry.getRefersTo(), true));
                }
                case TERMS_SET, DAY_CLOSED -> {
                    // a mark's own entry
                }
            }
        }
        int own = refused - endings;
        if (input instanceof Input.Event) {
            require("I2 one outcome of an event", 1, arrivals + own + quarantined);
        } else if (input instanceof Input.Malformed) {
            require("I2 one outcome of a malformed record", 1, quarantined);
        } else if (input instanceof Input.Terms) {
            require("I2 at most one outcome of terms", true, entries.size() + own <= 1);
        } else {
            require("I2 one outcome of a close", 1, own + count(entries, EntryKind.DAY_CLOSED));
        }
    }

    private static int count(List<JournalEntry> entries, EntryKind kind) {
        return (int) entries.stream().filter(entry -> entry.getKind() == kind).count();
    }

    private static EventKey keyOf(JournalEntry entry) {
        return new EventKey(
                entry.getTenant(),
                Ids.toUuid(entry.getEvent().getEventId()),
                entry.getEvent().getAmount(),
                entry.getEvent().getOccurredAt(),
                entry.getEvent().getType());
    }

    /** I3: what the ledger holds is the fold of the journal. */
    void balancesAreTheFold(String tenant, List<Posting> balances) {
        Fold fold = folds.get(tenant);
        require("I3 balances of " + tenant, fold == null ? List.of() : postings(fold.balances), balances);
    }

    /** I5: totals are the entries' since the last close, which are all of one date; and I3 for what is brought forward. */
    private void batchIsItsEntries(JournalEntry close, List<SettlementPart> parts) {
        Fold fold = folds.get(close.getTenant());
        require("I5 one part for a close", 1, parts.size());
        SettlementPart part = parts.get(0);
        require("I5 entry count", (long) fold.openDay.size(), part.getEntryCount());
        require("I5 first sequence", fold.openDay.get(0).getSequence(), part.getFirstSequence());
        require("I5 last sequence", close.getSequence(), part.getLastSequence());
        require("I5 chain head", close.getHash(), part.getChainHead());
        Lines lines = new Lines();
        TreeMap<String, BigInteger> inTransit = new TreeMap<>();
        for (JournalEntry entry : fold.openDay) {
            require("I5 each entry in one batch", close.getBusinessDate(), entry.getBusinessDate());
            lines.add(entry);
        }
        require("I5 lines of the entries", lines.all(), part.getLines());
        require("I5 lines of the close", lines.all(), close.getClose().getLines());
        for (SettlementLine line : part.getLines()) {
            if (line.getThrough().startsWith("clearing:")) {
                inTransit.merge(
                        line.getThrough().replace("clearing:", "in-transit:"),
                        BigInteger.valueOf(line.getNet()),
                        BigInteger::add);
            }
        }
        for (Posting posting : close.getPostings()) {
            if (posting.getAccount().startsWith("in-transit:")) {
                inTransit.merge(posting.getAccount(), BigInteger.valueOf(-posting.getAmount()), BigInteger::add);
            }
        }
        inTransit.values().removeIf(rest -> rest.signum() == 0);
        require("I5 net of the lines = in transit", Map.of(), inTransit);
        require("I3 brought forward", postings(fold.balances), close.getClose().getBalances());
        fold.openDay.clear();
    }

    private static List<Posting> postings(SortedMap<String, BigInteger> balances) {
        List<Posting> postings = new ArrayList<>();
        balances.forEach((account, balance) -> postings.add(new Posting(balance.longValueExact(), account)));
        return postings;
    }

    private static void require(String invariant, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(invariant + ": expected " + expected + ", found " + found);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
