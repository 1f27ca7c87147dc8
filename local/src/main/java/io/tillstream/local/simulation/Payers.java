package io.tillstream.local.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Tender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws who pays what, where and with what. Not safe for several threads: the order of draws is the seed's meaning. */
final class Payers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final int BINS = 600;
    private static final long AMOUNT_MIN = 1_500;
    private static final long FEE = 275;

    /** Shares in percent of a city's payments. */
    private static final Map<Channel, Integer> CHANNELS = new EnumMap<>(
            Map.of(Channel.WEB, 45, Channel.COUNTER, 20, Channel.KIOSK, 10, Channel.PHONE, 10, Channel.MAIL, 15));

    private static final Map<Channel, List<Tender>> TENDERS = new EnumMap<>(Map.of(
            Channel.WEB, List.of(Tender.CARD, Tender.CARD, Tender.ECHECK),
            Channel.COUNTER, List.of(Tender.CARD, Tender.CASH, Tender.CHECK),
            Channel.KIOSK, List.of(Tender.CARD, Tender.CARD, Tender.CASH),
            Channel.PHONE, List.of(Tender.CARD),
            Channel.MAIL, List.of(Tender.CHECK)));

    private final List<City> cities;
    private final double[] cumulativeWeights;
    private final SplittableRandom random;

    /** @param cities the largest first: the n-th has a share of 1/n of the first one's payments (Zipf) */
    Payers(List<City> cities, SplittableRandom random) {
        this.cities = List.copyOf(cities);
        this.random = random;
        cumulativeWeights = new double[cities.size()];
        double sum = 0;
        for (int rank = 0; rank < cumulativeWeights.length; rank++) {
            sum += 1.0 / (rank + 1);
            cumulativeWeights[rank] = sum;
        }
    }

    City city() {
        double point = random.nextDouble(cumulativeWeights[cumulativeWeights.length - 1]);
        int rank = 0;
        while (cumulativeWeights[rank] < point) {
            rank++;
        }
        return cities.get(rank);
    }

    /** A payment at any channel. */
    Capture capture() {
        City city = city();
        Channel channel = channel();
        return capture(city, channel, pick(TENDERS.get(channel)), bills(city, billCount()));
    }

    /** A payment of one of the tenders. */
    Capture captureBy(Tender... tenders) {
        Tender tender = tenders[random.nextInt(tenders.length)];
        List<Channel> channels = new ArrayList<>();
        TENDERS.forEach((channel, accepted) -> {
            if (accepted.contains(tender)) {
                channels.add(channel);
            }
        });
        City city = city();
        return capture(city, pick(channels), tender, bills(city, billCount()));
    }

    /** A payment of several bills, so that a refund has something to share out. */
    Capture captureOfSeveralBills() {
        City city = city();
        return capture(city, Channel.WEB, Tender.CARD, bills(city, 2 + random.nextInt(2)));
    }

    Capture captureOf(City city, Channel channel, Tender tender) {
        return capture(city, channel, tender, bills(city, 1));
    }

    private Capture capture(City city, Channel channel, Tender tender, List<Capture.Bill> bills) {
        boolean byCard = tender == Tender.CARD;
        boolean remote = channel == Channel.WEB || channel == Channel.PHONE;
        long overpaid = tender == Tender.CHECK && random.nextInt(20) == 0 ? 1 + random.nextInt(500) : 0;
        return new Capture(
                city,
                channel,
                tender,
                bills,
                byCard && remote ? FEE : 0,
                overpaid,
                byCard ? card(bin()) : null,
                source(channel),
                "payer-" + word(10));
    }

    ObjectNode card(String bin) {
        return JSON.createObjectNode()
                .put("fingerprint", "fp_" + word(20))
                .put("bin", bin)
                .put("lastFour", String.format("%04d", random.nextInt(10_000)))
                .put("brand", bin.startsWith("4") ? "VISA" : "MASTERCARD");
    }

    /** One of some hundred BINs, so that no single one draws attention. */
    String bin() {
        int number = random.nextInt(BINS);
        return number % 2 == 0
                ? "4" + String.format("%05d", 20_000 + 7 * number)
                : "5" + String.format("%05d", 10_000 + 7 * number);
    }

    ObjectNode source(Channel channel) {
        ObjectNode source = JSON.createObjectNode();
        switch (channel) {
            case WEB ->
                source.put("ip", address())
                        .put("device", "device-" + word(12))
                        .put("pageVersion", "2026.11.2")
                        .put("session", "session-" + word(16));
            case PHONE -> source.put("session", "call-" + word(12));
            case COUNTER ->
                source.put("terminal", "counter-" + (1 + random.nextInt(6)))
                        .put("cashier", "cashier-" + (1 + random.nextInt(12)));
            case KIOSK -> source.put("terminal", "kiosk-" + (1 + random.nextInt(9)));
            case MAIL -> source.put("terminal", "lockbox-1");
        }
        return source;
    }

    String address() {
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + (1 + random.nextInt(254));
    }

    /** Letters only: a run of digits could look like a card number. */
    String word(int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    private Channel channel() {
        int point = random.nextInt(100);
        for (Channel channel : Channel.values()) {
            point -= CHANNELS.get(channel);
            if (point < 0) {
                return channel;
            }
        }
        throw new IllegalStateException("The channels' shares do not add up to 100");
    }

    private int billCount() {
        int point = random.nextInt(100);
        return point < 80 ? 1 : point < 97 ? 2 : 3;
    }

    private List<Capture.Bill> bills(City city, int count) {
        List<String> funds = new ArrayList<>(city.funds());
        for (int i = funds.size() - 1; i > 0; i--) {
            Collections.swap(funds, i, random.nextInt(i + 1));
        }
        List<Capture.Bill> bills = new ArrayList<>();
        for (String fund : funds.subList(0, Math.min(count, funds.size()))) {
            bills.add(new Capture.Bill(
                    billType(fund), fund, String.format("%08d", random.nextInt(100_000_000)), amount()));
        }
        return bills;
    }

    private static BillType billType(String fund) {
        return switch (fund) {
            case "water" -> BillType.UTILITY;
            case "permits" -> BillType.PERMIT;
            case "court" -> BillType.FINE;
            case "general" -> BillType.TAX;
            default -> BillType.OTHER;
        };
    }

    /** Most bills are of some ten dollars, few of some hundreds. */
    private long amount() {
        double skewed = random.nextDouble();
        return AMOUNT_MIN + (long) (60_000 * skewed * skewed * skewed);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
