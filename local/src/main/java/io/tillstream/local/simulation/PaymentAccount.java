package io.tillstream.local.simulation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The book's own account of one payment: what its capture gave to each account and what is left there, by the rules of DOMAIN
 * section 3. Written from the rules, not from the ledger's code, so that the two can be compared. Amounts in minor units, debit
 * positive.
 */
final class PaymentAccount {
    private final String through;
    private final List<String> accounts = new ArrayList<>();
    private final List<Long> left = new ArrayList<>();
    private final Map<String, Long> capture = new LinkedHashMap<>();

    PaymentAccount(Capture captured, Instant at) {
        through = switch (captured.tender()) {
            case CARD, ECHECK -> "clearing:" + captured.city().processor(at);
            case CASH, CHECK -> "till:" + captured.channel();
        };
        post(capture, through, captured.amount());
        for (Capture.Bill bill : captured.items()) {
            line("fund:" + bill.fund(), bill.amount());
        }
        line("convenience-fee", captured.fee());
        line("unapplied", captured.overpaid());
    }

    /** Postings of the capture. */
    Map<String, Long> captured() {
        return Map.copyOf(capture);
    }

    /** Postings of the void: the capture turned round. */
    Map<String, Long> voided() {
        Map<String, Long> postings = new LinkedHashMap<>();
        capture.forEach((account, amount) -> post(postings, account, -amount));
        return postings;
    }

    /** Postings of a refund or return that names no bill: pro rata, the last line taking the odd cents. */
    Map<String, Long> takenBack(long amount) {
        return toThrough(shares(amount), amount);
    }

    /** Postings of a refund of named funds. */
    Map<String, Long> takenBack(Map<String, Long> amountByFund) {
        Map<String, Long> shares = new LinkedHashMap<>();
        long amount = 0;
        for (Map.Entry<String, Long> named : amountByFund.entrySet()) {
            int line = accounts.indexOf("fund:" + named.getKey());
            left.set(line, left.get(line) - named.getValue());
            shares.put(accounts.get(line), named.getValue());
            amount += named.getValue();
        }
        return toThrough(shares, amount);
    }

    /** Postings of a chargeback that opens. */
    Map<String, Long> disputed(long amount) {
        Map<String, Long> postings = new LinkedHashMap<>();
        post(postings, "dispute", amount);
        post(postings, through, -amount);
        return postings;
    }

    /** Postings of a chargeback that the city won. */
    Map<String, Long> disputeWon(long amount) {
        Map<String, Long> postings = new LinkedHashMap<>();
        post(postings, through, amount);
        post(postings, "dispute", -amount);
        return postings;
    }

    /** Postings of a chargeback that the city lost. */
    Map<String, Long> disputeLost(long amount) {
        Map<String, Long> postings = new LinkedHashMap<>(shares(amount));
        post(postings, "dispute", -amount);
        return postings;
    }

    private Map<String, Long> toThrough(Map<String, Long> shares, long amount) {
        Map<String, Long> postings = new LinkedHashMap<>(shares);
        post(postings, through, -amount);
        return postings;
    }

    private Map<String, Long> shares(long amount) {
        long leftInAll = left.stream().mapToLong(Long::longValue).sum();
        long[] share = new long[left.size()];
        long rest = amount;
        for (int line = 0; line < share.length - 1; line++) {
            share[line] = BigInteger.valueOf(amount)
                    .multiply(BigInteger.valueOf(left.get(line)))
                    .divide(BigInteger.valueOf(leftInAll))
                    .longValueExact();
            rest -= share[line];
        }
        // The last line takes the odd cents; what it has no room for goes to the lines before it.
        for (int line = share.length - 1; line >= 0; line--) {
            long more = Math.min(rest, left.get(line) - share[line]);
            share[line] += more;
            rest -= more;
        }
        Map<String, Long> postings = new LinkedHashMap<>();
        for (int line = 0; line < share.length; line++) {
            left.set(line, left.get(line) - share[line]);
            post(postings, accounts.get(line), share[line]);
        }
        return postings;
    }

    private void line(String account, long amount) {
        if (amount > 0) {
            accounts.add(account);
            left.add(amount);
            post(capture, account, -amount);
        }
    }

    private static void post(Map<String, Long> postings, String account, long amount) {
        if (amount != 0) {
            postings.merge(account, amount, Long::sum);
        }
    }
}
