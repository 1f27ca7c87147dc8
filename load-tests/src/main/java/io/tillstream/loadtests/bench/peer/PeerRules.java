package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The peers' posting rules: a capture, a refund pro rata, a chargeback; anything else, or more than is left, is refused. */
public final class PeerRules {
    private static final Hash NO_HASH = new Hash(new byte[32]);

    /** A posted event: its postings and the payment after it. */
    public record Posted(List<Posting> postings, PaymentState state) {}

    private PeerRules() {}

    /** Posts an event that is no duplicate; null if it is refused. {@code before} is null for a payment that is not known. */
    public static Posted post(PaymentEvent event, PaymentState before) {
        if (event.getType() == PaymentEventType.CAPTURED) {
            return before == null ? captured(event) : null;
        }
        boolean takes =
                event.getType() == PaymentEventType.REFUNDED || event.getType() == PaymentEventType.CHARGED_BACK;
        if (!takes || before == null || event.getAmount() > before.captured() - before.taken()) {
            return null;
        }
        List<Posting> postings = new ArrayList<>(before.lines().size() + 1);
        if (event.getType() == PaymentEventType.REFUNDED) {
            share(event.getAmount(), before, postings);
        } else {
            postings.add(new Posting(event.getAmount(), "dispute"));
        }
        postings.add(new Posting(-event.getAmount(), before.through()));
        return new Posted(postings, before.taking(event.getAmount()));
    }

    private static Posted captured(PaymentEvent event) {
        boolean byProcessor = event.getTender() == Tender.CARD || event.getTender() == Tender.ECHECK;
        String through = byProcessor ? "clearing:" + event.getProcessor() : "till:" + event.getChannel();
        List<Posting> lines = new ArrayList<>(event.getItems().size() + 2);
        long left = event.getAmount();
        for (Item item : event.getItems()) {
            lines.add(new Posting(item.getAmount(), "fund:" + item.getFund()));
            left -= item.getAmount();
        }
        if (event.getConvenienceFee() != 0) {
            lines.add(new Posting(event.getConvenienceFee(), "convenience-fee"));
            left -= event.getConvenienceFee();
        }
        if (left != 0) {
            lines.add(new Posting(left, "unapplied"));
        }
        List<Posting> postings = new ArrayList<>(lines.size() + 1);
        postings.add(new Posting(event.getAmount(), through));
        lines.forEach(line -> postings.add(new Posting(-line.getAmount(), line.getAccount())));
        return new Posted(postings, new PaymentState(event.getAmount(), 0, through, lines, List.of()));
    }

    private static void share(long amount, PaymentState payment, List<Posting> postings) {
        long left = amount;
        int last = payment.lines().size() - 1;
        for (int i = 0; i <= last; i++) {
            Posting line = payment.lines().get(i);
            long share = i == last ? left : amount * line.getAmount() / payment.captured();
            left -= share;
            postings.add(new Posting(share, line.getAccount()));
        }
    }

    /** An entry as posting writes it, but without sequence and hash. */
    public static JournalEntry entry(PaymentEvent event, Posted posted, int partition, long offset, long timestampMs) {
        Instant at = Instant.ofEpochMilli(timestampMs);
        return new JournalEntry(
                0L,
                EntryKind.RECORDED,
                partition,
                LocalDate.ofInstant(at, ZoneOffset.UTC),
                at,
                offset,
                -1L,
                Refusal.NONE,
                event.getTender(),
                event.getCurrency(),
                event.getTenant(),
                posted.state().through(),
                posted.postings(),
                event,
                null,
                null,
                NO_HASH);
    }
}
