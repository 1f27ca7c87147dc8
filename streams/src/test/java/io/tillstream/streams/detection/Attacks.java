package io.tillstream.streams.detection;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.streams.detection.Trial.Card;
import io.tillstream.streams.detection.Trial.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Card testing as it is described by those who were hit, made from a seed. */
final class Attacks {
    private final Random random;
    private final City city;

    Attacks(long seed, City city) {
        this.random = new Random(seed);
        this.city = city;
    }

    /**
     * A list of stolen cards, tried from one address at 1 to 50 a second, 30 to 600 of them, 70 to 98 % declined; four in
     * five with a small amount, the others with a bill's; one in ten behind an address with honest payers; one in five tries
     * each card up to three times; one in ten by telephone.
     */
    List<Trial> burst(int attack, long from) {
        return fromOneSource(attack, from, Math.exp(random.nextDouble() * Math.log(50)));
    }

    /** The same by someone patient: one try in 5 to 40 seconds. */
    List<Trial> patient(int attack, long from) {
        return fromOneSource(attack, from, 1 / (5 + 35 * random.nextDouble()));
    }

    private List<Trial> fromOneSource(int attack, long from, double perSecond) {
        boolean fromCrowd = random.nextInt(10) == 0;
        boolean isPhone = random.nextInt(10) == 0;
        Use use = new Use(
                city.tenant(),
                fromCrowd ? city.crowd() : "burst-" + attack,
                isPhone ? Channel.PHONE : Channel.WEB,
                isPhone ? EntryMode.KEYED : EntryMode.ECOMMERCE);
        boolean isSmall = random.nextInt(5) > 0;
        int triesMax = random.nextInt(5) == 0 ? 3 : 1;
        double declined = 0.70 + 0.28 * random.nextDouble();
        int count = 30 + random.nextInt(571);
        List<Trial> trials = new ArrayList<>();
        double at = from;
        Card card = stolen();
        int triesLeft = 0;
        for (int i = 0; i < count; i++) {
            if (triesLeft == 0) {
                card = stolen();
                triesLeft = 1 + random.nextInt(triesMax);
            }
            triesLeft--;
            at += -Math.log(1 - random.nextDouble()) * 1000 / perSecond;
            trials.add(tried(attack, use, card, (long) at, amount(isSmall), declined));
        }
        return trials;
    }

    /**
     * Numbers guessed under one BIN, each address used once or twice, one in ten seconds to five a second, 40 to 400 of
     * them, 85 to 99 % declined; one in three on one of the ten BINs most used here; one in five at a processor that gives
     * no fingerprint for numbers that do not exist; three in five with small amounts.
     */
    List<Trial> enumeration(int attack, long from) {
        String bin = random.nextInt(3) == 0 ? City.bin(random.nextInt(10)) : City.bin(50 + random.nextInt(350));
        boolean hasFingerprints = random.nextInt(5) > 0;
        boolean isSmall = random.nextInt(5) < 3;
        double declined = 0.85 + 0.14 * random.nextDouble();
        double perSecond = 0.1 * Math.exp(random.nextDouble() * Math.log(50));
        int count = 40 + random.nextInt(361);
        List<Trial> trials = new ArrayList<>();
        double at = from;
        for (int i = 0; i < count; i++) {
            Use use = new Use(
                    city.tenant(), "proxy-" + attack + "-" + random.nextInt(count), Channel.WEB, EntryMode.ECOMMERCE);
            String lastFour = String.format("%04d", random.nextInt(10_000));
            Card card = new Card(hasFingerprints ? "fp-" + random.nextLong() : "", bin, lastFour);
            at += -Math.log(1 - random.nextDouble()) * 1000 / perSecond;
            trials.add(tried(attack, use, card, (long) at, amount(isSmall), declined));
        }
        return trials;
    }

    private Trial tried(int attack, Use use, Card card, long at, long amount, double declined) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        boolean isDeclined = random.nextDouble() < declined;
        return Trial.of(
                attack,
                id,
                id,
                isDeclined ? PaymentEventType.DECLINED : PaymentEventType.AUTHORISED,
                use,
                card,
                at,
                amount,
                isDeclined ? decline() : DeclineClass.NONE);
    }

    private long amount(boolean isSmall) {
        return isSmall ? 50 + random.nextInt(450) : 500 + random.nextInt(5500);
    }

    private Card stolen() {
        return new Card("fp-" + random.nextLong(), city.bin(), String.format("%04d", random.nextInt(10_000)));
    }

    private DeclineClass decline() {
        return switch (random.nextInt(20)) {
            case 0 -> DeclineClass.INSUFFICIENT_FUNDS;
            case 1 -> DeclineClass.LOST_OR_STOLEN;
            case 2 -> DeclineClass.SUSPECTED_FRAUD;
            case 3, 4 -> DeclineClass.SECURITY_CODE;
            case 5, 6, 7, 8 -> DeclineClass.DO_NOT_HONOUR;
            default -> DeclineClass.INVALID_CARD;
        };
    }
}
