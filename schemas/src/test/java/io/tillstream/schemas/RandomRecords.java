package io.tillstream.schemas;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Records filled at random, every branch of the schemas among them; the same seed gives the same records. */
public final class RandomRecords {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String[] WIDE = {"\u00e9", "\u20ac", "\u6f22", "\ud83d\udcb3"};

    private final Random random;

    public RandomRecords(long seed) {
        random = new Random(seed);
    }

    public PaymentEvent event() {
        return new PaymentEvent(
                id(),
                id(),
                pick(PaymentEventType.values()),
                pick(Channel.values()),
                pick(Tender.values()),
                pick(EntryMode.values()),
                pick(DeclineClass.values()),
                pick(AvsResult.values()),
                pick(CvvResult.values()),
                micros(),
                micros(),
                number(),
                number(),
                text(8),
                text(20),
                text(20),
                listOf(this::item, 12),
                random.nextBoolean() ? null : new Card(text(40), text(8), text(4), text(10)),
                text(60),
                text(60),
                new Source(text(64), text(64), text(20), text(20), text(20), text(20)));
    }

    /** An entry of any kind: with an event, with terms or with a close. */
    public JournalEntry entry() {
        int kind = random.nextInt(4);
        return new JournalEntry(
                random.nextLong() >>> 1,
                pick(EntryKind.values()),
                random.nextInt(1000),
                date(),
                Instant.ofEpochMilli(random.nextInt(Integer.MAX_VALUE) * 1000L),
                random.nextLong() >>> 1,
                random.nextLong(),
                pick(Refusal.values()),
                pick(Tender.values()),
                text(8),
                text(20),
                text(30),
                listOf(this::posting, 20),
                kind <= 1 ? event() : null,
                kind == 2 ? terms() : null,
                kind == 3 ? close() : null,
                hash());
    }

    public TenantTerms terms() {
        return new TenantTerms(text(20), text(3), date(), random.nextInt(), random.nextInt(), number());
    }

    public Posting posting() {
        return new Posting(number(), text(30));
    }

    public Hash hash() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new Hash(bytes);
    }

    public UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Text without NUL of at most {@code lengthMax} letters, sometimes empty, sometimes with letters of several bytes. */
    public String text(int lengthMax) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(lengthMax + 1);
        boolean wide = random.nextInt(4) == 0;
        for (int i = 0; i < length; i++) {
            text.append(
                    wide && random.nextInt(3) == 0
                            ? pick(WIDE)
                            : String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))));
        }
        return text.toString();
    }

    /** Any long; small ones and the ends more often than by chance. */
    public long number() {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE;
            case 2 -> Long.MIN_VALUE;
            case 3 -> random.nextLong();
            default -> random.nextInt(2_000_000) - 1_000_000;
        };
    }

    private Item item() {
        return new Item(pick(BillType.values()), number(), text(16), text(40));
    }

    private DayClosed close() {
        return new DayClosed(
                text(30),
                date(),
                number(),
                date(),
                number(),
                number(),
                terms(),
                listOf(this::line, 5),
                listOf(this::posting, 20));
    }

    private SettlementLine line() {
        return new SettlementLine(
                text(30),
                pick(Tender.values()),
                text(30),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number());
    }

    private Id id() {
        return Ids.toId(uuid());
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(random.nextInt(100_000) - 20_000);
    }

    private Instant micros() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L);
    }

    private <T> T pick(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private <T> List<T> listOf(java.util.function.Supplier<T> one, int sizeMax) {
        List<T> list = new ArrayList<>();
        IntStream.range(0, random.nextInt(sizeMax + 1)).forEach(i -> list.add(one.get()));
        return list;
    }
}
