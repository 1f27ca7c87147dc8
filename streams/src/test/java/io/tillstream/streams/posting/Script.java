package io.tillstream.streams.posting;

import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.JournalEntry;
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
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Events and marks in one line each, for rule tables:
 *
 * <pre>
 * CAPTURED p1 1000 water=700 tax=200 fee=100 @ECHECK #PHONE via:zenith id:e7 on:2026-01-05 of:fresno cur:EUR ref:x
 * close                       the open date of tulsa, the next day opens; close 2026-01-05, close fresno
 * terms 3 1 100000            horizonDays parkedCloses amountMax
 * restore                     kill and restore from the journal
 * </pre>
 *
 * Lines are parted by ";". An event without {@code id:} that begins a payment bears the payment's id, any other a new one.
 */
final class Script {
    static final String TENANT = "tulsa";
    static final LocalDate FIRST_DATE = LocalDate.of(2026, 1, 5);

    private final Partition partition;
    private int unnamed;

    Script(Partition partition) {
        this.partition = partition;
    }

    /** Tulsa: horizon 5, parked events wait for 2 closes, at most 1,000,000.00. */
    static Script inTulsa(Partition partition) {
        Script script = new Script(partition);
        script.run("terms 5 2 100000000");
        return script;
    }

    void run(String lines) {
        for (String line : (lines == null ? "" : lines).split(";", -1)) {
            if (!line.isBlank()) {
                runLine(line.strip().split("\\s+"));
            }
        }
    }

    private void runLine(String[] words) {
        switch (words[0]) {
            case "close" -> close(words);
            case "terms" -> partition.post(terms(words));
            case "restore" -> partition.restore(0);
            default -> partition.post(event(words));
        }
    }

    private void close(String[] words) {
        String tenant = words.length > 1 && !Character.isDigit(words[1].charAt(0)) ? words[1] : TENANT;
        LocalDate date = words.length > 1 && Character.isDigit(words[1].charAt(0))
                ? LocalDate.parse(words[1])
                : openDate(tenant);
        partition.close(tenant, date, date.plusDays(1));
    }

    LocalDate openDate(String tenant) {
        byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
        Tenants.Tenant known = partition.ledger().tenants().find(name, 0, name.length);
        return known == null ? FIRST_DATE : LocalDate.ofEpochDay(known.openDate);
    }

    private static TenantTerms terms(String[] words) {
        String tenant = TENANT;
        String currency = "USD";
        LocalDate openDate = FIRST_DATE;
        List<String> numbers = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            if (words[i].startsWith("of:")) {
                tenant = words[i].substring(3);
            } else if (words[i].startsWith("cur:")) {
                currency = words[i].substring(4);
            } else if (words[i].startsWith("open:")) {
                openDate = LocalDate.parse(words[i].substring(5));
            } else {
                numbers.add(words[i]);
            }
        }
        return new TenantTerms(
                tenant,
                currency,
                openDate,
                Integer.parseInt(numbers.get(0)),
                Integer.parseInt(numbers.get(1)),
                Long.parseLong(numbers.get(2)));
    }

    /** The event of a line. */
    PaymentEvent event(String line) {
        return event(line.strip().split("\\s+"));
    }

    private PaymentEvent event(String[] words) {
        PaymentEvent event = blank(PaymentEventType.valueOf(words[0]), words[1], Long.parseLong(words[2]));
        List<Item> items = new ArrayList<>();
        for (int i = 3; i < words.length; i++) {
            apply(words[i], event, items);
        }
        event.setItems(items);
        if (event.getTender() == Tender.CASH || event.getTender() == Tender.CHECK) {
            event.setProcessor("");
        }
        return event;
    }

    private PaymentEvent blank(PaymentEventType type, String payment, long amount) {
        boolean begins = switch (type) {
            case AUTHORISED, DECLINED, ENROLLED, CAPTURED, PROCESSOR_FEE, DEPOSITED, FUNDED -> true;
            default -> false;
        };
        Instant noon = FIRST_DATE.atTime(12, 0).toInstant(ZoneOffset.UTC);
        return new PaymentEvent(
                Ids.toId(id(begins ? payment : "event" + unnamed++)),
                Ids.toId(id(payment)),
                type,
                Channel.WEB,
                Tender.CARD,
                EntryMode.ECOMMERCE,
                DeclineClass.NONE,
                AvsResult.NONE,
                CvvResult.NONE,
                noon,
                noon,
                amount,
                0L,
                "USD",
                TENANT,
                "acme",
                List.of(),
                null,
                "payer",
                "",
                new Source("", "", "", "", "", ""));
    }

    private static void apply(String word, PaymentEvent event, List<Item> items) {
        if (word.startsWith("@")) {
            event.setTender(Tender.valueOf(word.substring(1)));
        } else if (word.startsWith("#")) {
            event.setChannel(Channel.valueOf(word.substring(1)));
        } else if (word.contains("=")) {
            String[] pair = word.split("=", 2);
            long amount = Long.parseLong(pair[1]);
            if (pair[0].equals("fee")) {
                event.setConvenienceFee(amount);
            } else {
                items.add(new Item(BillType.UTILITY, amount, pair[0], "bill"));
            }
        } else {
            applyNamed(word.split(":", 2), event);
        }
    }

    private static void applyNamed(String[] pair, PaymentEvent event) {
        switch (pair[0]) {
            case "id" -> event.setEventId(Ids.toId(id(pair[1])));
            case "via" -> event.setProcessor(pair[1]);
            case "of" -> event.setTenant(pair[1]);
            case "cur" -> event.setCurrency(pair[1]);
            case "ref" -> event.setClientReference(pair[1]);
            case "source" -> event.setSource(new Source(pair[1], "", "", "", "", ""));
            case "on" -> {
                Instant occurred = LocalDate.parse(pair[1]).atTime(23, 59).toInstant(ZoneOffset.UTC);
                event.setOccurredAt(occurred);
                event.setReceivedAt(occurred.plusSeconds(1));
            }
            default -> throw new IllegalArgumentException(pair[0]);
        }
    }

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** "account amount, account amount", in the entry's order. */
    static String postings(JournalEntry entry) {
        return entry.getPostings().stream()
                .map(posting -> posting.getAccount() + " " + posting.getAmount())
                .collect(Collectors.joining(", "));
    }
}
