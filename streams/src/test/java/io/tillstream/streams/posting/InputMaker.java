package io.tillstream.streams.posting;

import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Makes the input of a small world of cities at random: payments with all that may follow, early, late, doubled, changed and wrong
 * ones, marks and malformed records. It knows no rule; it only makes collisions likely. The same seed gives the same input.
 */
final class InputMaker {
    private static final LocalDate START = LocalDate.of(2026, 1, 5);
    private static final String[] FUNDS = {"a", "b", "c"};
    private static final String[] PROCESSORS = {"acme", "zenith"};
    private static final PaymentEventType[] FOLLOW_UPS = {
        PaymentEventType.REFUNDED,
        PaymentEventType.REFUNDED,
        PaymentEventType.VOIDED,
        PaymentEventType.CHARGED_BACK,
        PaymentEventType.CHARGED_BACK,
        PaymentEventType.CHARGEBACK_WON,
        PaymentEventType.CHARGEBACK_LOST,
        PaymentEventType.RETURNED
    };
    private static final PaymentEventType[] OTHERS = {
        PaymentEventType.AUTHORISED,
        PaymentEventType.DECLINED,
        PaymentEventType.ENROLLED,
        PaymentEventType.PROCESSOR_FEE,
        PaymentEventType.DEPOSITED,
        PaymentEventType.FUNDED
    };

    /** One city as the maker believes it to be. */
    private static final class Town {
        final String name;
        LocalDate date = START;
        final List<UUID> payments = new ArrayList<>();
        final Map<UUID, Long> amounts = new HashMap<>();
        final List<UUID> toCapture = new ArrayList<>();

        Town(String name) {
            this.name = name;
        }
    }

    private final Random random;
    private final PostingCodecs codecs;
    private final int partition;
    private final int partitionCount;
    private final MalformedRecords malformed;
    private final int closesPercent;
    private final int horizonMax;
    private final List<Town> towns = new ArrayList<>();
    private final List<PaymentEvent> sent = new ArrayList<>();

    InputMaker(long seed, PostingCodecs codecs, int partition, int partitionCount) {
        random = new Random(seed);
        this.codecs = codecs;
        this.partition = partition;
        this.partitionCount = partitionCount;
        malformed = new MalformedRecords(codecs);
        closesPercent = random.nextBoolean() ? 12 : 32;
        horizonMax = 1 + random.nextInt(3);
        for (String name : List.of("tulsa", "fresno", "enid").subList(0, 2 + random.nextInt(2))) {
            towns.add(new Town(name));
        }
    }

    /** The input of a whole run: terms near the beginning, then {@code count} records, some of them out of order. */
    List<Input> make(int count) {
        List<Input> inputs = new ArrayList<>();
        towns.forEach(town -> inputs.add(terms(town)));
        for (int i = 0; i < count; i++) {
            inputs.add(next());
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (random.nextInt(5) == 0) {
                swap(inputs, i, Math.min(inputs.size() - 1, i + random.nextInt(6)));
            }
        }
        return inputs;
    }

    /**
     * Events change places, marks stay. No event comes before a close that it was made after: with a horizon that shrinks to one day
     * it would lie further in the future than the horizon, and its id would be forgotten too early.
     */
    private static void swap(List<Input> inputs, int one, int other) {
        for (int i = one; i <= other; i++) {
            if (!(inputs.get(i) instanceof Input.Event)) {
                return;
            }
        }
        Collections.swap(inputs, one, other);
    }

    private Input next() {
        Town town = pick(towns);
        if (random.nextInt(100) < closesPercent) {
            return close(town);
        }
        int dice = random.nextInt(100);
        if (dice < 2) {
            return terms(town);
        }
        if (dice < 6) {
            return malformed.any(event(town, PaymentEventType.CAPTURED, newPayment(town), 100), random);
        }
        if (dice < 19 && !sent.isEmpty()) {
            return again();
        }
        PaymentEvent event = dice < 52 ? capture(town) : dice < 88 ? followUp(town) : other(town);
        spoil(event);
        sent.add(event);
        return input(event);
    }

    private Input.Event input(PaymentEvent event) {
        return new Input.Event(event, codecs.events().encode(event));
    }

    private PaymentEvent capture(Town town) {
        boolean waiting = !town.toCapture.isEmpty() && random.nextInt(3) > 0;
        UUID payment = waiting ? town.toCapture.remove(random.nextInt(town.toCapture.size())) : newPayment(town);
        PaymentEvent event = event(town, PaymentEventType.CAPTURED, payment, 1 + random.nextInt(2000));
        if (!waiting && random.nextInt(8) > 0) {
            event.setEventId(event.getPaymentId());
        }
        fill(event, random.nextInt(5), event.getAmount());
        town.amounts.put(payment, event.getAmount());
        return event;
    }

    private PaymentEvent followUp(Town town) {
        UUID payment = somePayment(town);
        long captured = town.amounts.getOrDefault(payment, 500L);
        long amount = switch (random.nextInt(6)) {
            case 0, 1 -> captured;
            case 2 -> captured + random.nextInt(3) - 1;
            default -> 1 + (long) (random.nextDouble() * captured);
        };
        PaymentEvent event = event(town, pick(FOLLOW_UPS), payment, amount);
        if (random.nextInt(4) == 0) {
            fill(event, random.nextInt(3), amount);
        }
        return event;
    }

    /** Mostly one of the latest, at times an old one, at times one that nobody captured yet. */
    private UUID somePayment(Town town) {
        int dice = random.nextInt(20);
        if (town.payments.isEmpty() || dice < 3) {
            UUID payment = newPayment(town);
            town.toCapture.add(payment);
            return payment;
        }
        int size = town.payments.size();
        return town.payments.get(dice < 14 ? size - 1 - random.nextInt(Math.min(size, 4)) : random.nextInt(size));
    }

    private PaymentEvent other(Town town) {
        PaymentEventType type = pick(OTHERS);
        boolean ofPayment = type == PaymentEventType.AUTHORISED || type == PaymentEventType.DECLINED;
        UUID payment = ofPayment && random.nextBoolean() ? somePayment(town) : newPayment(town);
        if (ofPayment) {
            town.toCapture.add(payment);
        }
        PaymentEvent event = event(town, type, payment, random.nextInt(900));
        if (random.nextInt(3) > 0) {
            event.setEventId(event.getPaymentId());
        }
        return event;
    }

    /** An event that was sent before: the same, received again, or with another body. */
    private Input again() {
        int size = sent.size();
        PaymentEvent before =
                sent.get(random.nextBoolean() ? size - 1 - random.nextInt(Math.min(size, 5)) : random.nextInt(size));
        PaymentEvent event = PaymentEvent.newBuilder(before).build();
        switch (random.nextInt(8)) {
            case 0 -> event.setAmount(event.getAmount() + 1);
            case 1 -> event.setClientReference("changed");
            case 2 -> event.setReceivedAt(event.getReceivedAt().plusSeconds(60));
            case 3 -> event.setSource(new Source("again", "", "", "", "", ""));
            default -> {
                // the same bytes
            }
        }
        return input(event);
    }

    /** Now and then one rule is broken. */
    private void spoil(PaymentEvent event) {
        switch (random.nextInt(60)) {
            case 0 -> event.setAmount(-random.nextInt(2));
            case 1 -> event.setAmount(5001 + random.nextInt(10));
            case 2 -> event.setCurrency("EUR");
            case 3 -> event.setItems(List.of(new Item(BillType.TAX, event.getAmount() + 1, "a", "")));
            case 4 ->
                event.setItems(List.of(
                        new Item(BillType.TAX, Long.MAX_VALUE, "a", ""),
                        new Item(BillType.TAX, Long.MAX_VALUE, "b", "")));
            case 5 -> event.setTenant("nowhere");
            case 6 -> moveTo(event, pick(towns));
            case 7 -> event.setConvenienceFee(-1);
            case 8 -> event.setEventId(Ids.toId(anyPayment()));
            case 9, 10, 11 -> move(event, -1 - random.nextInt(6));
            case 12 -> move(event, 1);
            case 13 -> move(event, 4 + random.nextInt(6));
            default -> {
                // as it is
            }
        }
    }

    private UUID anyPayment() {
        Town town = pick(towns);
        return town.payments.isEmpty() ? id() : pick(town.payments);
    }

    private static void moveTo(PaymentEvent event, Town town) {
        LocalDate date = LocalDate.ofInstant(event.getOccurredAt(), ZoneOffset.UTC);
        event.setTenant(town.name);
        move(event, (int) (town.date.toEpochDay() - date.toEpochDay()));
    }

    private static void move(PaymentEvent event, int days) {
        event.setOccurredAt(event.getOccurredAt().plusSeconds(days * 86_400L));
        event.setReceivedAt(event.getReceivedAt().plusSeconds(days * 86_400L));
    }

    private void fill(PaymentEvent event, int items, long amount) {
        List<Item> filled = new ArrayList<>();
        long left = amount;
        for (int i = 0; i < items && left > 0; i++) {
            long share = 1 + (long) (random.nextDouble() * left);
            filled.add(new Item(BillType.UTILITY, share, pick(FUNDS), ""));
            left -= share;
        }
        if (random.nextInt(3) == 0 && left > 0) {
            event.setConvenienceFee(1 + (long) (random.nextDouble() * left));
            left -= event.getConvenienceFee();
        }
        if (left > 0 && random.nextInt(3) > 0) {
            filled.add(new Item(BillType.FINE, left, pick(FUNDS), ""));
        }
        event.setItems(filled);
    }

    private PaymentEvent event(Town town, PaymentEventType type, UUID payment, long amount) {
        Instant occurred = town.date.atTime(random.nextInt(24), 30).toInstant(ZoneOffset.UTC);
        Tender tender = random.nextInt(3) == 0 ? pick(Tender.values()) : Tender.CARD;
        boolean cash = tender == Tender.CASH || tender == Tender.CHECK;
        boolean byProcessor = type == PaymentEventType.PROCESSOR_FEE || type == PaymentEventType.FUNDED;
        return new PaymentEvent(
                Ids.toId(id()),
                Ids.toId(payment),
                type,
                pick(Channel.values()),
                tender,
                EntryMode.NONE,
                DeclineClass.NONE,
                AvsResult.NONE,
                CvvResult.NONE,
                random.nextInt(5) == 0 ? occurred : occurred.plusSeconds(5),
                occurred,
                amount,
                0L,
                "USD",
                town.name,
                cash && !byProcessor ? "" : pick(PROCESSORS),
                List.of(),
                null,
                "",
                "",
                new Source("", "", "", "", "", ""));
    }

    /** Nearly always of this partition, seldom another city's. */
    private UUID newPayment(Town town) {
        if (random.nextInt(50) == 0) {
            return anyPayment();
        }
        UUID payment = id();
        while (random.nextInt(60) > 0 && !belongsHere(town, payment)) {
            payment = id();
        }
        town.payments.add(payment);
        return payment;
    }

    private boolean belongsHere(Town town, UUID payment) {
        byte[] key = (town.name + ":" + payment).getBytes(StandardCharsets.UTF_8);
        return BuiltInPartitioner.partitionForKey(key, partitionCount) == partition;
    }

    private Input close(Town town) {
        LocalDate date = town.date;
        LocalDate next = date.plusDays(random.nextInt(4) == 0 ? 3 : 1);
        if (random.nextInt(6) == 0) {
            date = date.plusDays(random.nextInt(5) - 2);
        }
        if (date.equals(town.date)) {
            town.date = next;
        }
        BusinessDayClose close = new BusinessDayClose(town.name, date, next, Instant.ofEpochSecond(sent.size()));
        return new Input.Close(close, codecs.closes().encode(close));
    }

    private Input terms(Town town) {
        int horizon = 1 + random.nextInt(horizonMax);
        TenantTerms terms = new TenantTerms(
                town.name,
                random.nextInt(40) == 0 ? "EUR" : "USD",
                START,
                horizon,
                random.nextInt(Math.min(2, horizon) + 1),
                5000L);
        return new Input.Terms(terms, codecs.terms().encode(terms));
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private <T> T pick(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
