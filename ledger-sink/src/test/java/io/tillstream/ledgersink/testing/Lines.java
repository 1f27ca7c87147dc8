package io.tillstream.ledgersink.testing;

import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.Tender;
import java.util.Map;

/** Settlement lines as posting adds them up. */
final class Lines {
    private Lines() {}

    static void add(Map<String, SettlementLine> lines, JournalEntry entry) {
        if (entry.getEvent().getType() == PaymentEventType.DEPOSITED
                || entry.getEvent().getType() == PaymentEventType.FUNDED) {
            return;
        }
        for (Posting posting : entry.getPostings()) {
            String account = posting.getAccount();
            if (account.equals(entry.getThrough()) || account.equals("bank") || account.startsWith("in-transit:")) {
                continue;
            }
            String key = entry.getThrough() + "|" + entry.getTender() + "|" + account;
            SettlementLine line = line(entry.getThrough(), entry.getTender(), account);
            put(line, entry, posting.getAmount());
            lines.merge(key, line, Lines::sum);
        }
    }

    private static SettlementLine line(String through, Tender tender, String account) {
        return new SettlementLine(through, tender, account, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    private static void put(SettlementLine line, JournalEntry entry, long amount) {
        line.setNet(-amount);
        switch (entry.getEvent().getType()) {
            case CAPTURED -> {
                line.setGross(-amount);
                line.setCaptureCount(1);
            }
            case VOIDED -> {
                line.setVoids(amount);
                line.setVoidCount(1);
            }
            case REFUNDED -> {
                line.setRefunds(amount);
                line.setRefundCount(1);
            }
            case CHARGED_BACK, CHARGEBACK_WON, CHARGEBACK_LOST -> {
                line.setChargebacks(amount);
                line.setChargebackCount(1);
            }
            case RETURNED -> {
                line.setReturns(amount);
                line.setReturnCount(1);
            }
            case PROCESSOR_FEE -> {
                line.setFees(amount);
                line.setFeeCount(1);
            }
            case AUTHORISED, DECLINED, ENROLLED, DEPOSITED, FUNDED ->
                throw new IllegalArgumentException(entry.getEvent().getType() + " makes no line");
        }
    }

    static SettlementLine sum(SettlementLine a, SettlementLine b) {
        return new SettlementLine(
                a.getThrough(),
                a.getTender(),
                a.getAccount(),
                a.getGross() + b.getGross(),
                a.getVoids() + b.getVoids(),
                a.getRefunds() + b.getRefunds(),
                a.getChargebacks() + b.getChargebacks(),
                a.getReturns() + b.getReturns(),
                a.getFees() + b.getFees(),
                a.getNet() + b.getNet(),
                a.getCaptureCount() + b.getCaptureCount(),
                a.getVoidCount() + b.getVoidCount(),
                a.getRefundCount() + b.getRefundCount(),
                a.getChargebackCount() + b.getChargebackCount(),
                a.getReturnCount() + b.getReturnCount(),
                a.getFeeCount() + b.getFeeCount());
    }
}
