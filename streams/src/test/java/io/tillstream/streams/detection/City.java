package io.tillstream.streams.detection;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.streams.detection.Trial.Card;
import io.tillstream.streams.detection.Trial.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The honest card payments of one city, made from a seed. It has what is known to look like testing: payers whose card is
 * declined and who try again or take another, families with one card, offices with many bills, crowds behind one address
 * (a carrier, a library, the telephone system), counters and kiosks where numbers are keyed, a saved-card run every night
 * and a second run of all that failed, an issuer that is down, prepaid cards that run dry together, a school evening of
 * small permits, and two bill days a month with ten times the payments.
 */
final class City {
    static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final int BIN_COUNT = 400;
    private static final int CROWD_COUNT = 8;

    private final Random random;
    private final String tenant;
    private final int paymentsPerDay;
    private final double declineShare;
    private final double smallShare;
    private final boolean authorisesFirst;
    private final List<Trial> trials = new ArrayList<>();

    City(long seed, int paymentsPerDay) {
        this.random = new Random(seed);
        this.tenant = "city-" + seed;
        this.paymentsPerDay = paymentsPerDay;
        this.declineShare = 0.04 + 0.06 * random.nextDouble();
        this.smallShare = random.nextInt(5) == 0 ? 0.15 : 0.02;
        this.authorisesFirst = random.nextBoolean();
    }

    String tenant() {
        return tenant;
    }

    /** One of the BINs in use here, the popular ones more often. */
    String bin() {
        return bin((int) (BIN_COUNT * Math.pow(random.nextDouble(), 2.5)));
    }

    static String bin(int rank) {
        return String.format("4%05d", 10_000 + 37 * rank);
    }

    static long midnight(int day) {
        return (Journal.START.toEpochMilli() / DAY_MILLIS + day) * DAY_MILLIS;
    }

    /** The day's entries, in no order. */
    List<Trial> day(int day) {
        trials.clear();
        long midnight = midnight(day);
        boolean isBillDay = day % 15 == 4;
        int visits = isBillDay ? 10 * paymentsPerDay : paymentsPerDay;
        long outageFrom = random.nextInt(60) == 0 ? midnight + hours(8 + random.nextInt(12)) : Long.MAX_VALUE;
        for (int i = 0; i < visits; i++) {
            visit(payingTime(midnight), outageFrom);
        }
        for (int i = 0; i < 1 + paymentsPerDay / 500; i++) {
            office(midnight + hours(8 + random.nextInt(8)));
        }
        savedCards(midnight + hours(2), paymentsPerDay / 5);
        if (day % 30 == 9) {
            prepaidDay(midnight + hours(9), paymentsPerDay / 10);
        }
        if (random.nextInt(120) == 0) {
            schoolEvening(midnight + hours(18));
        }
        return List.copyOf(trials);
    }

    /** A payer comes: from home or a crowd's address, by telephone, to a counter or a kiosk. */
    private void visit(long at, long outageFrom) {
        int kind = random.nextInt(100);
        Use use = kind < 15
                ? new Use(tenant, "telephone", Channel.PHONE, EntryMode.KEYED)
                : kind < 22
                        ? new Use(tenant, "counter", Channel.COUNTER, EntryMode.KEYED)
                        : kind < 25
                                ? new Use(tenant, "kiosk-" + random.nextInt(5), Channel.KIOSK, EntryMode.KEYED)
                                : web(kind < 37 ? crowd() : "home-" + random.nextLong());
        Card card = card(bin());
        // The outage hits the cards of one issuer, that is: one BIN.
        if (at >= outageFrom
                && at < outageFrom + 30 * MINUTE_MILLIS
                && card.bin().equals(bin(0))) {
            emit(0, PaymentEventType.DECLINED, use, card, at, amount(), DeclineClass.TECHNICAL);
            return;
        }
        long end = pay(use, card, at, amount(), declineShare);
        if (random.nextInt(50) == 0) {
            for (int more = 1 + random.nextInt(3); more > 0; more--) {
                end = pay(use, card, end + seconds(30, 240), amount(), declineShare / 2);
            }
        }
    }

    /** Tries until it works or the payer gives up: the same card, or another. Returns when that was. */
    private long pay(Use use, Card firstCard, long from, long amount, double declines) {
        Card card = firstCard;
        long at = from;
        double share = declines;
        while (random.nextDouble() < share) {
            emit(0, PaymentEventType.DECLINED, use, card, at, amount, honestDecline());
            int then = random.nextInt(10);
            if (then < 3) {
                return at;
            }
            boolean anotherCard = then > 7;
            card = anotherCard ? card(bin()) : card;
            share = anotherCard ? declines : 0.6;
            at += seconds(15, 120);
        }
        approve(0, use, card, at, amount);
        return at;
    }

    /** Many bills, one or two cards, one address; sometimes the card's limit is reached, and tried again and again. */
    private void office(long from) {
        Use use = web("office-" + random.nextInt(20));
        List<Card> cards = List.of(card(bin()), card(bin()));
        boolean isCheap = random.nextInt(3) == 0;
        int bills = 20 + random.nextInt(60);
        int limitAt = random.nextInt(20) == 0 ? bills / 2 : Integer.MAX_VALUE;
        long at = from;
        for (int bill = 0; bill < bills; bill++) {
            long amount = isCheap ? 300 : amount();
            Card card = cards.get(random.nextInt(4) / 3);
            at += seconds(5, 40);
            if (bill < limitAt) {
                pay(use, card, at, amount, 0.01);
            } else if (bill < limitAt + 12) {
                emit(0, PaymentEventType.DECLINED, use, card, at, amount, DeclineClass.LIMIT_EXCEEDED);
            }
        }
    }

    /** The night's run from one server, and at once the second run of all that failed. */
    private void savedCards(long from, int count) {
        Use use = new Use(tenant, "autopay", Channel.WEB, EntryMode.TOKEN);
        for (int i = 0; i < count; i++) {
            Card card = card(bin());
            long at = from + i * 500L;
            if (random.nextInt(10) == 0) {
                emit(0, PaymentEventType.DECLINED, use, card, at, amount(), DeclineClass.EXPIRED_CARD);
                emit(
                        0,
                        PaymentEventType.DECLINED,
                        use,
                        card,
                        from + hours(2) + i * 50L,
                        amount(),
                        DeclineClass.EXPIRED_CARD);
            } else {
                approve(0, use, card, at, amount());
            }
        }
    }

    private void prepaidDay(long from, int count) {
        for (int i = 0; i < count; i++) {
            Use use = web("home-" + random.nextLong());
            Card card = card("510510");
            long at = from + seconds(0, 4 * 3600);
            if (random.nextInt(10) < 4) {
                emit(0, PaymentEventType.DECLINED, use, card, at, amount(), DeclineClass.INSUFFICIENT_FUNDS);
            } else {
                approve(0, use, card, at, amount());
            }
        }
    }

    /** Forty parents pay a permit of 4.00 within half an hour, on the school's network. */
    private void schoolEvening(long from) {
        for (int i = 0; i < 40; i++) {
            pay(web("school"), card(bin()), from + seconds(0, 1800), 400, declineShare);
        }
    }

    private void approve(int attack, Use use, Card card, long at, long amount) {
        UUID payment = emit(
                attack,
                authorisesFirst ? PaymentEventType.AUTHORISED : PaymentEventType.CAPTURED,
                use,
                card,
                at,
                amount,
                DeclineClass.NONE);
        if (authorisesFirst) {
            trials.add(Trial.of(
                    attack,
                    uuid(),
                    payment,
                    PaymentEventType.CAPTURED,
                    use,
                    card,
                    at + seconds(1, 5),
                    amount,
                    DeclineClass.NONE));
        }
    }

    private UUID emit(
            int attack, PaymentEventType type, Use use, Card card, long at, long amount, DeclineClass declineClass) {
        UUID id = uuid();
        trials.add(Trial.of(attack, id, id, type, use, card, at, amount, declineClass));
        return id;
    }

    private Use web(String ip) {
        return new Use(tenant, ip, Channel.WEB, EntryMode.ECOMMERCE);
    }

    /** One of a few addresses with many people behind them, the largest a third of them. */
    String crowd() {
        return "crowd-" + (int) (CROWD_COUNT * Math.pow(random.nextDouble(), 2));
    }

    private Card card(String bin) {
        return new Card("fp-" + random.nextLong(), bin, String.format("%04d", random.nextInt(10_000)));
    }

    private DeclineClass honestDecline() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> DeclineClass.INSUFFICIENT_FUNDS;
            case 4, 5, 6 -> DeclineClass.DO_NOT_HONOUR;
            case 7 -> DeclineClass.EXPIRED_CARD;
            case 8 -> DeclineClass.SECURITY_CODE;
            default -> DeclineClass.INVALID_CARD;
        };
    }

    private long amount() {
        return random.nextDouble() < smallShare
                ? 100 + random.nextInt(400)
                : 500 + (long) (12_000 * Math.exp(random.nextGaussian() * 0.8));
    }

    /** Between seven and eleven at night, most in the morning and the evening. */
    private long payingTime(long midnight) {
        double hour = 0;
        while (hour < 7 || hour > 23) {
            hour = random.nextInt(3) == 0 ? 19 + 1.5 * random.nextGaussian() : 11 + 2.5 * random.nextGaussian();
        }
        return midnight + (long) (hour * hours(1));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private long seconds(int from, int to) {
        return 1000L * from + random.nextInt(1000 * (to - from));
    }

    private static long hours(int hours) {
        return hours * 60L * MINUTE_MILLIS;
    }
}
