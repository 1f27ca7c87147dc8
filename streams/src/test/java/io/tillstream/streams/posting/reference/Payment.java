package io.tillstream.streams.posting.reference;

import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Tender;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A captured payment: which account got what, and what has been taken back. */
final class Payment {
    final LocalDate businessDate;
    final Tender tender;
    final String through;
    final BigInteger captured;
    final Map<String, BigInteger> got = new LinkedHashMap<>();
    final Map<String, BigInteger> left = new LinkedHashMap<>();
    BigInteger taken = BigInteger.ZERO;
    BigInteger disputed = BigInteger.ZERO;
    boolean voided;

    Payment(PaymentEvent capture, String through, LocalDate businessDate) {
        this.businessDate = businessDate;
        this.through = through;
        tender = capture.getTender();
        captured = BigInteger.valueOf(capture.getAmount());
        named(capture).forEach((account, amount) -> {
            got.put(account, amount);
            left.put(account, amount);
        });
    }

    /** Funds of the items, the fee, and what is left as unapplied: in this order, one for each account. */
    static Map<String, BigInteger> named(PaymentEvent event) {
        Map<String, BigInteger> named = new LinkedHashMap<>();
        BigInteger rest = BigInteger.valueOf(event.getAmount());
        for (Item item : event.getItems()) {
            BigInteger amount = BigInteger.valueOf(item.getAmount());
            named.merge("fund:" + item.getFund(), amount, BigInteger::add);
            rest = rest.subtract(amount);
        }
        BigInteger fee = BigInteger.valueOf(event.getConvenienceFee());
        rest = rest.subtract(fee);
        if (fee.signum() != 0) {
            named.put("convenience-fee", fee);
        }
        if (rest.signum() != 0) {
            named.put("unapplied", rest);
        }
        return named;
    }

    BigInteger free() {
        return captured.subtract(taken).subtract(disputed);
    }

    /** What each account gives back for an event, or null if one that the event names has not so much left. */
    Map<String, BigInteger> shares(PaymentEvent event) {
        boolean names = !event.getItems().isEmpty() || event.getConvenienceFee() != 0;
        if (!names) {
            return proRata(BigInteger.valueOf(event.getAmount()));
        }
        Map<String, BigInteger> shares = named(event);
        for (Map.Entry<String, BigInteger> share : shares.entrySet()) {
            BigInteger available = left.get(share.getKey());
            if (available == null || available.compareTo(share.getValue()) < 0) {
                return null;
            }
        }
        return shares;
    }

    private Map<String, BigInteger> proRata(BigInteger amount) {
        List<String> accounts = new ArrayList<>(left.keySet());
        BigInteger total = left.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        Map<String, BigInteger> shares = new LinkedHashMap<>();
        BigInteger rest = amount;
        String last = accounts.get(accounts.size() - 1);
        for (String account : accounts) {
            BigInteger share = account.equals(last)
                    ? BigInteger.ZERO
                    : amount.multiply(left.get(account)).divide(total);
            shares.put(account, share);
            rest = rest.subtract(share);
        }
        for (int i = accounts.size() - 1; i >= 0; i--) {
            BigInteger room = left.get(accounts.get(i)).subtract(shares.get(accounts.get(i)));
            BigInteger more = rest.min(room);
            shares.merge(accounts.get(i), more, BigInteger::add);
            rest = rest.subtract(more);
        }
        shares.values().removeIf(share -> share.signum() == 0);
        return shares;
    }

    void giveBack(Map<String, BigInteger> shares) {
        shares.forEach((account, share) -> left.merge(account, share, BigInteger::subtract));
    }
}
