package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import io.tillstream.streams.posting.reference.Outcome;
import io.tillstream.streams.posting.reference.ReferenceLedger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One world that is large enough for what a small one never reaches: several segments of rows, pages of the index that split and are
 * cleared, rows that leave after two horizons, payments of many lines. Two hundred thousand events beside the auditor.
 */
final class LargeWorldTest {
    private static final int EVENTS = 200_000;
    private static final int EVENTS_OF_A_DAY = 4_000;
    private static final int HORIZON = 6;
    private static final LocalDate START = LocalDate.of(2026, 1, 5);
    private static final Instant TIMESTAMP = Instant.ofEpochMilli(Partition.TIMESTAMP_MS);
    private static final PaymentEventType[] FOLLOW_UPS = {
        PaymentEventType.REFUNDED,
        PaymentEventType.CHARGED_BACK,
        PaymentEventType.CHARGEBACK_LOST,
        PaymentEventType.RETURNED,
        PaymentEventType.VOIDED
    };

    /** Keeps what came out of one input only. */
    private static final class Latest implements PostingOutput {
        final List<byte[]> journal = new ArrayList<>();
        final List<JournalEntry> entries = new ArrayList<>();
        final List<Refused> refused = new ArrayList<>();
        final List<SettlementPart> parts = new ArrayList<>();

        @Override
        public void entry(byte[] value) {
            journal.add(value);
            entries.add(TestCodecs.shared().journal().decode(value));
        }

        @Override
        public void refused(Refusal reason, byte[] value) {
            refused.add(TestCodecs.shared().refused().decode(value));
        }

        @Override
        public void quarantined(Quarantined record) {
            throw new AssertionError("Nothing is malformed here: " + record);
        }

        @Override
        public void part(SettlementPart part) {
            parts.add(part);
        }

        Outcome take() {
            Outcome outcome = Outcome.of(List.copyOf(entries), List.copyOf(refused), List.copyOf(parts));
            entries.clear();
            refused.clear();
            parts.clear();
            return outcome;
        }
    }

    private final Random random = new Random(20260105);
    private final PostingCodecs codecs = TestCodecs.shared();
    private final Latest out = new Latest();
    private final Poster poster = new Poster(codecs, 0, 1, new Decider(), out);
    private final ReferenceLedger reference = new ReferenceLedger(0, 1);
    private final List<PaymentEvent> sent = new ArrayList<>();
    private Ledger ledger = new Ledger();
    private LocalDate date = START;
    private long offset;
    private long bytesAtMost;

    @Test
    void shouldDoAsTheAuditorSaysInALargeWorld() {
        run();
        // Two horizons and a segment of rows stay: 36 bytes a row, lines, and the index.
        assertThat(bytesAtMost).isLessThan(((2 * HORIZON + 1) * EVENTS_OF_A_DAY + 2L * Rows.COUNT) * 36 * 3);
        restored();
    }

    /** Two days in memory, the others in files. */
    @Test
    void shouldDoAsTheAuditorSaysWithFewRowsInMemory(@TempDir Path directory) {
        try (ColdLedgers ledgers = new ColdLedgers(
                directory, 2 * EVENTS_OF_A_DAY, path -> new ColdRows(path, EVENTS_OF_A_DAY, Map.of()))) {
            ledger = ledgers.get();
            run();
            assertThat(bytesAtMost).isLessThan((2 * EVENTS_OF_A_DAY + 2L * Rows.COUNT) * 36 * 3);
            assertThat(ledgers.latest().rows()).isBetween(EVENTS_OF_A_DAY * 9L, EVENTS_OF_A_DAY * 20L);
            assertThat(ledgers.latest().reads()).isLessThan(EVENTS / 8);
            restored();
        }
    }

    private void run() {
        TenantTerms terms = new TenantTerms("tulsa", "USD", START, HORIZON, 2, 1_000_000L);
        poster.post(ledger, codecs.terms().encode(terms), offset, Partition.TIMESTAMP_MS);
        compare(reference.terms(terms, offset++, TIMESTAMP));
        for (int i = 1; i <= EVENTS; i++) {
            PaymentEvent event = next();
            poster.post(ledger, codecs.events().encode(event), offset, Partition.TIMESTAMP_MS);
            compare(reference.event(event, offset++, TIMESTAMP));
            if (i % EVENTS_OF_A_DAY == 0) {
                bytesAtMost = Math.max(bytesAtMost, ledger.payments().bytes());
                close();
            }
        }
        assertThat(ledger.payments().size()).isGreaterThan(8 * Rows.COUNT);
    }

    private void close() {
        BusinessDayClose close = new BusinessDayClose("tulsa", date, date.plusDays(1), Instant.EPOCH);
        poster.post(ledger, codecs.closes().encode(close), offset, Partition.TIMESTAMP_MS);
        compare(reference.close(close, offset++, TIMESTAMP));
        date = date.plusDays(1);
        assertThat(ledger.balancesOf(ledger.tenants().get(0))).isEqualTo(reference.balances("tulsa"));
    }

    private void compare(Outcome expected) {
        Outcome found = out.take();
        if (!expected.equals(found)) {
            throw new AssertionError("Record " + (offset - 1) + "\n expected " + expected + "\n found    " + found);
        }
    }

    /** The ledger made again from the whole journal and from its middle goes on like the one that never stopped. */
    private void restored() {
        int middle = out.journal.size() / 2;
        while (codecs.journal().decode(out.journal.get(middle)).getClose() == null) {
            middle++;
        }
        Ledger whole = Partition.restored(out.journal);
        Ledger trimmed = Partition.restored(out.journal.subList(middle, out.journal.size()));
        whole.checkComplete();
        trimmed.checkComplete();
        assertThat(trimmed.payments().size()).isLessThan(whole.payments().size());
        int before = out.journal.size();
        Random same = new Random(1);
        List<PaymentEvent> more = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            more.add(same.nextInt(3) == 0 ? sent.get(same.nextInt(sent.size())) : next());
        }
        List<byte[]> expected = goOn(ledger, more, before);
        assertThat(goOn(whole, more, before)).containsExactlyElementsOf(expected);
        assertThat(goOn(trimmed, more, before)).containsExactlyElementsOf(expected);
        assertThat(expected).hasSizeGreaterThan(2_000);
    }

    private List<byte[]> goOn(Ledger from, List<PaymentEvent> events, int before) {
        for (int i = 0; i < events.size(); i++) {
            poster.post(from, codecs.events().encode(events.get(i)), offset + i, Partition.TIMESTAMP_MS);
        }
        List<byte[]> journal = List.copyOf(out.journal.subList(before, out.journal.size()));
        out.journal.subList(before, out.journal.size()).clear();
        out.take();
        return journal;
    }

    private PaymentEvent next() {
        int dice = random.nextInt(100);
        if (dice < 4 && !sent.isEmpty()) {
            return earlier(dice < 2 ? 500 : sent.size());
        }
        PaymentEvent event = dice < 15 && !sent.isEmpty() ? followUp(earlier(20_000)) : capture();
        sent.add(event);
        return event;
    }

    private PaymentEvent earlier(int back) {
        return sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), back)));
    }

    private PaymentEvent followUp(PaymentEvent of) {
        PaymentEvent event = capture();
        event.setEventId(Ids.toId(id()));
        event.setPaymentId(of.getPaymentId());
        event.setType(FOLLOW_UPS[random.nextInt(FOLLOW_UPS.length)]);
        event.setAmount(random.nextBoolean() ? of.getAmount() : 1 + random.nextInt((int) of.getAmount()));
        event.setItems(List.of());
        return event;
    }

    /** One line mostly, at times up to sixty. */
    private PaymentEvent capture() {
        List<Item> items = new ArrayList<>();
        int count = random.nextInt(10) > 0 ? 1 : 1 + random.nextInt(60);
        long amount = 0;
        for (int i = 0; i < count; i++) {
            long share = 1L + random.nextInt(9_000);
            items.add(new Item(BillType.UTILITY, share, "fund-" + (i + random.nextInt(40)), ""));
            amount += share;
        }
        UUID id = id();
        Instant at = date.atTime(12, 0).toInstant(ZoneOffset.UTC);
        return new PaymentEvent(
                Ids.toId(id),
                Ids.toId(id),
                PaymentEventType.CAPTURED,
                Channel.WEB,
                Tender.CARD,
                EntryMode.NONE,
                DeclineClass.NONE,
                AvsResult.NONE,
                CvvResult.NONE,
                at.plusSeconds(1),
                at,
                amount,
                0L,
                "USD",
                "tulsa",
                random.nextInt(3) == 0 ? "zenith" : "acme",
                items,
                null,
                "",
                "",
                new Source("", "", "", "", "", ""));
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
