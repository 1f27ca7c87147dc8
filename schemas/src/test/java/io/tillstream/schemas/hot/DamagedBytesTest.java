package io.tillstream.schemas.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.RandomRecords;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/**
 * Bytes that were cut or changed: the hot codec must read them as Avro does, or say that they are unreadable. What it accepts is
 * copied into the journal, so Avro must be able to read that too.
 */
final class DamagedBytesTest {
    private static final int RECORDS = 20;
    private static final int FLIPS = 40_000;

    private final EventView event = new EventView();
    private final EntryView entry = new EntryView();

    @Test
    void shouldRefuseAnEventCutAtAnyByte() {
        RandomRecords records = new RandomRecords(3);
        for (int i = 0; i < RECORDS; i++) {
            byte[] value = AvroOracle.encode(records.event());
            for (int length = WireFormat.HEADER_BYTES; length < value.length; length++) {
                UnreadableRecordException e = readEvent(Arrays.copyOf(value, length));
                if (e == null || e.reason() != QuarantineReason.MALFORMED) {
                    fail("Cut at " + length + " of " + value.length + ": " + e);
                }
            }
        }
    }

    @Test
    void shouldRefuseAnEntryWithAnEventCutAtAnyByte() {
        RandomRecords records = new RandomRecords(4);
        for (int i = 0; i < RECORDS; i++) {
            JournalEntry whole = records.entry();
            whole.setEvent(records.event());
            whole.setTerms(null);
            whole.setClose(null);
            byte[] value = AvroOracle.encode(whole);
            for (int length = WireFormat.HEADER_BYTES; length < value.length; length++) {
                if (readEntry(Arrays.copyOf(value, length)) == null) {
                    fail("Cut at " + length + " of " + value.length + " and read");
                }
            }
        }
    }

    @Test
    void shouldReadChangedEventsAsAvroDoesOrRefuseThem() {
        RandomRecords records = new RandomRecords(5);
        Random random = new Random(5);
        Map<QuarantineReason, Integer> refused = new EnumMap<>(QuarantineReason.class);
        int read = 0;
        byte[] value = {};
        for (int i = 0; i < FLIPS; i++) {
            if (i % 50 == 0) {
                value = i % 100 == 0 ? AvroOracle.encode(records.event()) : AvroOracle.encodeInBlocks(records.event());
            }
            byte[] changed = change(value, random);
            UnreadableRecordException e = readEvent(changed);
            if (e == null) {
                read++;
                assertAvroReadsTheSame(changed);
            } else {
                refused.merge(e.reason(), 1, Integer::sum);
            }
        }
        assertThat(read).isGreaterThan(FLIPS / 10);
        assertThat(refused)
                .containsOnlyKeys(
                        QuarantineReason.MALFORMED, QuarantineReason.INVALID_FIELD, QuarantineReason.TRAILING_BYTES);
    }

    @Test
    void shouldReadChangedEntriesOrRefuseThem() {
        RandomRecords records = new RandomRecords(6);
        Random random = new Random(6);
        byte[] value = {};
        int refused = 0;
        for (int i = 0; i < FLIPS; i++) {
            if (i % 50 == 0) {
                value = AvroOracle.encode(records.entry());
            }
            refused += readEntry(change(value, random)) == null ? 0 : 1;
        }
        assertThat(refused).isBetween(FLIPS / 10, FLIPS);
    }

    /** Avro reads an enum and a union's branch as an int of at most five bytes, a number of more than ten bytes never. */
    @Test
    void shouldRefuseNumbersThatAvroRefuses() {
        byte[] value = AvroOracle.encode(new RandomRecords(7).event());
        int typeAt = WireFormat.HEADER_BYTES + 32;
        for (int padding = 1; padding <= 10; padding++) {
            byte[] longer = new byte[value.length + padding];
            System.arraycopy(value, 0, longer, 0, typeAt + 1);
            longer[typeAt] |= (byte) 0x80;
            Arrays.fill(longer, typeAt + 1, typeAt + padding, (byte) 0x80);
            System.arraycopy(value, typeAt + 1, longer, typeAt + padding + 1, value.length - typeAt - 1);
            boolean readable = readEvent(longer) == null;
            assertThat(readable).as("%s bytes of padding", padding).isEqualTo(isReadableByAvro(longer));
        }
    }

    private UnreadableRecordException readEvent(byte[] value) {
        try {
            event.wrap(value, WireFormat.HEADER_BYTES, value.length);
            return null;
        } catch (UnreadableRecordException e) {
            return e;
        }
    }

    private UnreadableRecordException readEntry(byte[] value) {
        try {
            entry.wrap(value);
            return null;
        } catch (UnreadableRecordException e) {
            return e;
        }
    }

    private void assertAvroReadsTheSame(byte[] value) {
        try {
            GenericRecord record = AvroOracle.decode(value, PaymentEvent.SCHEMA$);
            assertThat(record.get("amount")).isEqualTo(event.amount());
            assertThat(record.get("type").toString()).isEqualTo(event.type().name());
            assertThat(record.get("tenant").toString()).isEqualTo(text(event.tenantAt(), event.tenantLength()));
            assertThat(((java.util.List<?>) record.get("items"))).hasSize(event.itemCount());
        } catch (IOException | AvroRuntimeException e) {
            fail("The hot codec reads what Avro can't: " + e);
        }
    }

    private static boolean isReadableByAvro(byte[] value) {
        try {
            AvroOracle.decode(value, PaymentEvent.SCHEMA$);
            return true;
        } catch (IOException | AvroRuntimeException e) {
            return false;
        }
    }

    /** Two different byte strings must never become the same text: names of accounts are compared as bytes and as text. */
    private String text(int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(event.bytes(), at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return fail("The hot codec accepts text that is not UTF-8");
        }
    }

    private static byte[] change(byte[] value, Random random) {
        byte[] changed = value.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = WireFormat.HEADER_BYTES + random.nextInt(value.length - WireFormat.HEADER_BYTES);
            changed[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) 0x80;
                case 2 -> (byte) (changed[at] + 2);
                default -> (byte) (changed[at] ^ 1 << random.nextInt(8));
            };
        }
        return changed;
    }
}
