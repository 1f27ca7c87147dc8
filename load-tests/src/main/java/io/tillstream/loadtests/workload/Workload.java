package io.tillstream.loadtests.workload;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Card;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.PaymentIds;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Payment events by seed: captures, repeats of recent events, refunds and disputes of recent captures. Every event is such that posting
 * must accept it, and every repeat such that it must be refused as a duplicate, so that the outcome is known: {@link #expected}.
 */
public final class Workload {
    private static final int RECENT = 1 << 16;
    private static final Channel[] CHANNELS = Channel.values();
    private static final Tender[] TENDERS = Tender.values();
    private static final BillType[] BILL_TYPES = BillType.values();
    private static final long PARTS_OF_CAPTURE = 4; // a follow-up takes a quarter

    /** One record for payments.events. */
    @SuppressWarnings("ArrayRecordComponent") // handed to a producer, never compared
    public record Sent(byte[] key, byte[] value, boolean isRepeat) {}

    private static final class Recent {
        private final PaymentEvent capture;
        private final Sent sent;
        private boolean followedUp;

        Recent(PaymentEvent capture, Sent sent) {
            this.capture = capture;
            this.sent = sent;
        }
    }

    private final long seed;
    private final WorkloadShape shape;
    private final AvroCodec<PaymentEvent> codec;
    private final LocalDate openDate;
    private final Zipf zipf;
    private final SplittableRandom random;
    private final Recent[] recent = new Recent[RECENT];
    private final Expected expected = new Expected();
    private long next;
    private long captures;

    /** @param openDate the business date that is open in {@link #terms}; events occur on it */
    public Workload(long seed, WorkloadShape shape, AvroCodec<PaymentEvent> codec, LocalDate openDate) {
        this.seed = seed;
        this.shape = shape;
        this.codec = codec;
        this.openDate = openDate;
        zipf = new Zipf(shape.tenants(), shape.zipf());
        random = new SplittableRandom(seed);
    }

    /** The cities' terms; write them to every partition first. */
    public List<TenantTerms> terms() {
        return IntStream.range(0, shape.tenants())
                .mapToObj(rank -> new TenantTerms(tenant(rank), "USD", openDate, 400, 3, 1_000_000_00L))
                .toList();
    }

    /** What must come of all that {@link #next} has given. */
    public Expected expected() {
        return expected;
    }

    /** The next event. */
    public Sent next() {
        double kind = random.nextDouble();
        Recent earlier = captures == 0 ? null : recent[(int) random.nextLong(Math.min(captures, RECENT))];
        if (earlier != null && kind < shape.duplicates()) {
            expected.repeat();
            return new Sent(earlier.sent.key(), earlier.sent.value(), true);
        }
        boolean inShare = kind < shape.duplicates() + shape.followUps();
        // A payment is followed up once: what comes later could exceed it.
        boolean followsUp = earlier != null && inShare && !earlier.followedUp;
        PaymentEvent event = followsUp ? followUp(earlier.capture) : capture();
        Sent sent = new Sent(
                PaymentKeys.key(event.getTenant(), Ids.toUuid(event.getPaymentId())), codec.encode(event), false);
        expected.accepted(event);
        next++;
        if (followsUp) {
            earlier.followedUp = true;
        } else {
            recent[(int) (captures++ % RECENT)] = new Recent(event, sent);
        }
        return sent;
    }

    private PaymentEvent capture() {
        String tenant = tenant(zipf.next(random));
        UUID id = PaymentIds.eventId(tenant, Channel.WEB, seed + "-" + next);
        Tender tender = random.nextInt(10) < 8 ? Tender.CARD : TENDERS[random.nextInt(TENDERS.length)];
        long amount = 500 + random.nextLong(40_000);
        boolean hasFee = random.nextInt(4) == 0;
        long fee = hasFee ? 250 : 0;
        return event(PaymentEventType.CAPTURED, tenant, id, id, tender, amount, fee, List.of(item(amount - fee)));
    }

    private Item item(long amount) {
        int fund = random.nextInt(6);
        return new Item(BILL_TYPES[fund], amount, "fund" + fund, "A" + random.nextInt(10_000_000));
    }

    private PaymentEvent followUp(PaymentEvent capture) {
        PaymentEventType type = random.nextInt(3) == 0 ? PaymentEventType.CHARGED_BACK : PaymentEventType.REFUNDED;
        UUID id = PaymentIds.eventId(capture.getTenant(), Channel.PHONE, seed + "-" + next);
        long amount = capture.getAmount() / PARTS_OF_CAPTURE;
        return event(
                type,
                capture.getTenant(),
                id,
                Ids.toUuid(capture.getPaymentId()),
                capture.getTender(),
                amount,
                0,
                List.of());
    }

    private PaymentEvent event(
            PaymentEventType type,
            String tenant,
            UUID eventId,
            UUID paymentId,
            Tender tender,
            long amount,
            long fee,
            List<Item> items) {
        Instant at = openDate.atStartOfDay(ZoneOffset.UTC).toInstant().plusMillis(next % 86_400_000);
        boolean isCard = tender == Tender.CARD;
        Card card = isCard
                ? new Card("fp_" + random.nextInt(2_000_000), "411111", "" + (1000 + random.nextInt(9000)), "VISA")
                : null;
        boolean byProcessor = isCard || tender == Tender.ECHECK;
        return new PaymentEvent(
                Ids.toId(eventId),
                Ids.toId(paymentId),
                type,
                CHANNELS[random.nextInt(CHANNELS.length)],
                tender,
                isCard ? EntryMode.ECOMMERCE : EntryMode.NONE,
                DeclineClass.NONE,
                isCard ? AvsResult.MATCH : AvsResult.NONE,
                isCard ? CvvResult.MATCH : CvvResult.NONE,
                at,
                at,
                amount,
                fee,
                "USD",
                tenant,
                byProcessor ? "acme" : "",
                items,
                card,
                "payer-" + random.nextInt(1_000_000),
                "ref-" + next,
                new Source(hex(), hex(), "v42", "", "", "s" + random.nextInt(1_000_000)));
    }

    private String hex() {
        return String.format("%016x", random.nextLong());
    }

    private static String tenant(int rank) {
        return "city" + rank;
    }
}
