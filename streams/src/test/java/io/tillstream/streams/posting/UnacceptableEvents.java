package io.tillstream.streams.posting;

import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Refusal;
import io.tillstream.streams.broker.Captures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Readable events that no city means, each with what must become of it; all belong in one partition. */
final class UnacceptableEvents {
    /** @param reason a {@link Refusal} or a {@link QuarantineReason} */
    record Unacceptable(String what, PaymentEvent event, Enum<?> reason) {}

    private static final String NOBODY = "atlantis";
    private static final int FIRST_NUMBER = 10_000;

    private final int partition;
    private final int partitions;
    private final Iterator<PaymentEvent> captures;
    private final List<Unacceptable> all = new ArrayList<>();

    private UnacceptableEvents(int partition, int partitions) {
        this.partition = partition;
        this.partitions = partitions;
        captures = Captures.of(partition, partitions, FIRST_NUMBER).iterator();
    }

    static List<Unacceptable> of(int partition, int partitions) {
        UnacceptableEvents events = new UnacceptableEvents(partition, partitions);
        events.amounts();
        events.tenant();
        events.times();
        return events.all;
    }

    private void amounts() {
        add("negative", Refusal.AMOUNT_NOT_POSITIVE, event -> event.setAmount(-1_000));
        add("the least", Refusal.AMOUNT_NOT_POSITIVE, event -> event.setAmount(Long.MIN_VALUE));
        add("zero", Refusal.AMOUNT_NOT_POSITIVE, event -> event.setAmount(0));
        add("negative fee", Refusal.AMOUNT_NOT_POSITIVE, event -> event.setConvenienceFee(Long.MIN_VALUE));
        add("negative item", Refusal.AMOUNT_NOT_POSITIVE, event -> setItems(event, 2_000, -1_000));
        add("zero item", Refusal.AMOUNT_NOT_POSITIVE, event -> setItems(event, 0));
        add("the greatest", Refusal.AMOUNT_TOO_LARGE, event -> event.setAmount(Long.MAX_VALUE));
        add("items above", Refusal.ITEMS_EXCEED_AMOUNT, event -> setItems(event, event.getAmount(), 1));
        add(
                "items whose sum overflows to less",
                Refusal.ITEMS_EXCEED_AMOUNT,
                event -> setItems(event, Long.MAX_VALUE, Long.MAX_VALUE, 3));
    }

    private void tenant() {
        PaymentEvent event = Stream.iterate(FIRST_NUMBER, number -> number + 1)
                .map(Captures::capture)
                .peek(capture -> capture.setTenant(NOBODY))
                .filter(capture -> PaymentKeys.partition(Captures.key(capture), partitions) == partition)
                .findFirst()
                .orElseThrow();
        all.add(new Unacceptable("unknown tenant", event, Refusal.TENANT_UNKNOWN));
    }

    private void times() {
        add("before the horizon", Refusal.OUTSIDE_HORIZON, event -> setTimes(event, "2001-05-05T00:00:00Z"));
        add("ancient", QuarantineReason.INVALID_TIME, event -> setTimes(event, "1000-01-01T00:00:00Z"));
        add("future", QuarantineReason.INVALID_TIME, event -> setTimes(event, "2150-01-01T00:00:00Z"));
        add("beyond all time", QuarantineReason.INVALID_TIME, event -> setTimes(event, "+250000-01-01T00:00:00Z"));
    }

    private void add(String what, Enum<?> reason, Consumer<PaymentEvent> change) {
        PaymentEvent event = captures.next();
        change.accept(event);
        all.add(new Unacceptable(what, event, reason));
    }

    private static void setItems(PaymentEvent event, long... amounts) {
        List<Item> items = new ArrayList<>();
        for (long amount : amounts) {
            items.add(new Item(BillType.UTILITY, amount, "water", "B"));
        }
        event.setItems(items);
    }

    private static void setTimes(PaymentEvent event, String at) {
        event.setOccurredAt(Instant.parse(at));
        event.setReceivedAt(Instant.parse(at));
    }
}
