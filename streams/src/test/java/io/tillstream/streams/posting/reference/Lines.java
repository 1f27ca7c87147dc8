package io.tillstream.streams.posting.reference;

import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.Tender;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Settlement lines from entries, by the rule of the journal's contract: every posting that is not on the entry's {@code through}. */
public final class Lines {
    private record Key(String through, Tender tender, String account) {}

    private static final int COLUMNS = 6;
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::through).thenComparing(Key::tender).thenComparing(Key::account);

    private final TreeMap<Key, BigInteger[]> sums = new TreeMap<>(ORDER);
    private final TreeMap<Key, long[]> counts = new TreeMap<>(ORDER);

    /** Adds one entry; those without an event, and those whose type makes no lines, add nothing. */
    public void add(JournalEntry entry) {
        if (entry.getEvent() == null) {
            return;
        }
        int column = switch (entry.getEvent().getType()) {
            case CAPTURED -> 0;
            case VOIDED -> 1;
            case REFUNDED -> 2;
            case CHARGED_BACK, CHARGEBACK_WON, CHARGEBACK_LOST -> 3;
            case RETURNED -> 4;
            case PROCESSOR_FEE -> 5;
            case AUTHORISED, DECLINED, ENROLLED, DEPOSITED, FUNDED -> -1;
        };
        if (column < 0) {
            return;
        }
        for (Posting posting : entry.getPostings()) {
            if (!posting.getAccount().equals(entry.getThrough())) {
                add(new Key(entry.getThrough(), entry.getTender(), posting.getAccount()), column, posting.getAmount());
            }
        }
    }

    private void add(Key key, int column, long amount) {
        BigInteger[] sum = sums.computeIfAbsent(key, k -> {
            BigInteger[] zeros = new BigInteger[COLUMNS];
            Arrays.fill(zeros, BigInteger.ZERO);
            return zeros;
        });
        BigInteger signed = BigInteger.valueOf(amount);
        sum[column] = column == 0 ? sum[column].subtract(signed) : sum[column].add(signed);
        counts.computeIfAbsent(key, k -> new long[COLUMNS])[column]++;
    }

    /** The lines, ordered. */
    public List<SettlementLine> all() {
        List<SettlementLine> lines = new ArrayList<>();
        sums.forEach((key, sum) -> {
            BigInteger net = sum[0];
            for (int column = 1; column < COLUMNS; column++) {
                net = net.subtract(sum[column]);
            }
            long[] count = counts.get(key);
            lines.add(new SettlementLine(
                    key.through(),
                    key.tender(),
                    key.account(),
                    sum[0].longValueExact(),
                    sum[1].longValueExact(),
                    sum[2].longValueExact(),
                    sum[3].longValueExact(),
                    sum[4].longValueExact(),
                    sum[5].longValueExact(),
                    net.longValueExact(),
                    count[0],
                    count[1],
                    count[2],
                    count[3],
                    count[4],
                    count[5]));
        });
        return lines;
    }

    void clear() {
        sums.clear();
        counts.clear();
    }
}
