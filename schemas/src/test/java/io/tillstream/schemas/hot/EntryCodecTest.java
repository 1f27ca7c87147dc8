package io.tillstream.schemas.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.RandomRecords;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

/** EntryView against what Avro wrote, and what EntryWriter wrote against Avro's reader. */
final class EntryCodecTest {
    private static final int RECORDS = 2_000;

    private static final int POSTINGS_OF_A_MEGABYTE = 50_000;

    private final RandomRecords random = new RandomRecords(2);
    private final EntryView view = new EntryView();

    @Test
    void shouldReadWhatAvroWrote() {
        for (int i = 0; i < RECORDS; i++) {
            JournalEntry entry = random.entry();
            view.wrap(AvroOracle.encode(entry));
            assertSame(view, entry);
        }
    }

    @Test
    void shouldReadArraysInBlocksWithNegativeCounts() {
        for (int i = 0; i < RECORDS; i++) {
            JournalEntry entry = random.entry();
            view.wrap(AvroOracle.encodeInBlocks(entry));
            assertSame(view, entry);
        }
    }

    @Test
    void shouldWriteWhatAvroReads() throws IOException {
        EntryWriter writer = new EntryWriter();
        for (int i = 0; i < RECORDS; i++) {
            JournalEntry entry = random.entry();
            PaymentEvent event = random.event();
            entry.setEvent(event);
            entry.setTerms(null);
            entry.setClose(null);
            EntryView view = write(writer, entry, AvroOracle.encode(event));
            byte[] written = view.bytes();
            byte[] hash = entry.getHash().bytes();
            System.arraycopy(hash, 0, written, written.length - hash.length, hash.length);
            assertSame(view, entry);
            assertThat(written).isEqualTo(AvroOracle.encode(entry));
            assertThat(GenericData.get()
                            .compare(
                                    AvroOracle.decode(written, JournalEntry.SCHEMA$),
                                    AvroOracle.decode(AvroOracle.encode(entry), JournalEntry.SCHEMA$),
                                    JournalEntry.SCHEMA$))
                    .isZero();
        }
    }

    @Test
    void shouldWriteAnEntryOfAMegabyte() throws IOException {
        EntryWriter writer = new EntryWriter();
        JournalEntry entry = random.entry();
        PaymentEvent event = random.event();
        List<Posting> postings = new ArrayList<>();
        for (int i = 0; i < POSTINGS_OF_A_MEGABYTE; i++) {
            postings.add(random.posting());
        }
        entry.setPostings(postings);
        EntryView view = write(writer, entry, AvroOracle.encode(event));
        assertThat(view.bytes()).hasSizeGreaterThan(1 << 20);
        assertThat(AvroOracle.decode(view.bytes(), JournalEntry.SCHEMA$).get("postings"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(POSTINGS_OF_A_MEGABYTE);
    }

    /** Prefix and rest of an account are parted at any place, as posting does. */
    private static EntryView write(EntryWriter writer, JournalEntry entry, byte[] event) {
        writer.begin(
                7,
                entry.getSequence(),
                entry.getKind(),
                entry.getPartition(),
                day(entry.getBusinessDate()),
                entry.getRecordedAt().toEpochMilli(),
                entry.getSourceOffset(),
                entry.getRefersTo(),
                entry.getReason());
        writer.owner(entry.getTender(), bytes(entry.getCurrency()), bytes(entry.getTenant()));
        byte[] through = bytes(entry.getThrough());
        int split = through.length / 2;
        writer.through(java.util.Arrays.copyOf(through, split), through, split, through.length - split);
        writer.postings(entry.getPostings().size());
        for (Posting posting : entry.getPostings()) {
            byte[] account = bytes(posting.getAccount());
            writer.posting(posting.getAmount(), new byte[0], account, 0, account.length);
        }
        writer.postingsEnd();
        EventView walked = new EventView();
        walked.wrap(event, WireFormat.HEADER_BYTES, event.length);
        return writer.end(walked);
    }

    private static void assertSame(EntryView view, JournalEntry entry) {
        assertThat(view.sequence()).isEqualTo(entry.getSequence());
        assertThat(view.kind()).isEqualTo(entry.getKind());
        assertThat(view.partition()).isEqualTo(entry.getPartition());
        assertThat(view.businessDate()).isEqualTo(day(entry.getBusinessDate()));
        assertThat(view.refersTo()).isEqualTo(entry.getRefersTo());
        assertThat(view.reason()).isEqualTo(entry.getReason());
        assertThat(view.tender()).isEqualTo(entry.getTender());
        assertThat(text(view, view.currencyAt(), view.currencyLength())).isEqualTo(entry.getCurrency());
        assertThat(text(view, view.tenantAt(), view.tenantLength())).isEqualTo(entry.getTenant());
        assertThat(text(view, view.throughAt(), view.throughLength())).isEqualTo(entry.getThrough());
        List<Posting> postings = new ArrayList<>();
        for (int i = 0; i < view.postingCount(); i++) {
            postings.add(new Posting(view.amount(i), text(view, view.accountAt(i), view.accountLength(i))));
        }
        assertThat(postings).isEqualTo(entry.getPostings());
        assertThat(view.hasEvent()).isEqualTo(entry.getEvent() != null);
        if (entry.getEvent() != null) {
            assertThat(view.event().type()).isEqualTo(entry.getEvent().getType());
            assertThat(view.event().amount()).isEqualTo(entry.getEvent().getAmount());
        }
        byte[] hash = java.util.Arrays.copyOfRange(view.bytes(), view.hashAt(), view.bytes().length);
        assertThat(new Hash(hash)).isEqualTo(entry.getHash());
    }

    @Test
    void shouldKeepTheOrderOfSymbols() {
        assertThat(EntryKind.values())
                .extracting(Enum::name)
                .containsExactly("RECORDED", "PARKED", "RELEASED", "RELEASE_REFUSED", "TERMS_SET", "DAY_CLOSED");
        assertThat(Tender.values()).extracting(Enum::name).containsExactly("CARD", "ECHECK", "CASH", "CHECK");
        assertThat(Refusal.values())
                .extracting(Enum::name)
                .containsExactly(
                        "NONE",
                        "MISROUTED",
                        "TENANT_UNKNOWN",
                        "DUPLICATE",
                        "CONFLICTING_DUPLICATE",
                        "AMOUNT_NOT_POSITIVE",
                        "AMOUNT_TOO_LARGE",
                        "CURRENCY_NOT_OF_TENANT",
                        "ITEMS_EXCEED_AMOUNT",
                        "PAYMENT_NOT_FOUND",
                        "OUTSIDE_HORIZON",
                        "PAYMENT_VOIDED",
                        "VOID_AFTER_CLOSE",
                        "EXCEEDS_CAPTURED",
                        "DISPUTE_NOT_OPEN",
                        "VOID_NOT_WHOLE",
                        "CLOSE_OUT_OF_ORDER");
    }

    private static String text(EntryView view, int at, int length) {
        return new String(view.bytes(), at, length, StandardCharsets.UTF_8);
    }

    private static int day(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
