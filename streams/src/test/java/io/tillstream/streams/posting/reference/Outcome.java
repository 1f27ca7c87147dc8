package io.tillstream.streams.posting.reference;

import io.tillstream.schemas.Hash;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one input record must lead to. Hashes and the words of refusals are left blank; postings stand in a fixed order, since none
 * is promised.
 */
public record Outcome(List<JournalEntry> entries, List<Refused> refused, List<SettlementPart> parts) {
    private static final Comparator<Posting> ORDER =
            Comparator.comparing(Posting::getAccount).thenComparing(Posting::getAmount);

    public Outcome {
        entries = List.copyOf(entries);
        refused = List.copyOf(refused);
        parts = List.copyOf(parts);
    }

    /** What has come out of posting, made comparable; the given records are changed. */
    public static Outcome of(List<JournalEntry> entries, List<Refused> refused, List<SettlementPart> parts) {
        entries.forEach(Outcome::makeComparable);
        refused.forEach(record -> record.setDetail(""));
        parts.forEach(part -> part.setChainHead(noHash()));
        return new Outcome(entries, refused, parts);
    }

    static void makeComparable(JournalEntry entry) {
        List<Posting> sorted = new ArrayList<>(entry.getPostings());
        sorted.sort(ORDER);
        entry.setPostings(sorted);
        entry.setHash(noHash());
    }

    static Hash noHash() {
        return new Hash(new byte[32]);
    }
}
