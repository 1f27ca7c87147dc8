package io.tillstream.schemas.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.RandomRecords;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EventViewTest {
    private static final int RECORDS = 2_000;

    private final RandomRecords random = new RandomRecords(1);
    private final EventView view = new EventView();

    @Test
    void shouldReadWhatAvroWrote() {
        for (int i = 0; i < RECORDS; i++) {
            PaymentEvent event = random.event();
            wrap(AvroOracle.encode(event));
            assertSame(event);
        }
    }

    @Test
    void shouldReadArraysInBlocksWithNegativeCounts() {
        for (int i = 0; i < RECORDS; i++) {
            PaymentEvent event = random.event();
            byte[] value = AvroOracle.encodeInBlocks(event);
            wrap(value);
            assertSame(event);
        }
    }

    @Test
    void shouldReadAnEventInTheMiddleOfAnArray() {
        PaymentEvent event = random.event();
        byte[] value = AvroOracle.encode(event);
        byte[] larger = new byte[value.length + 20];
        System.arraycopy(value, 0, larger, 10, value.length);
        view.wrap(larger, 10 + WireFormat.HEADER_BYTES, 10 + value.length);
        assertSame(event);
        assertThat(view.start()).isEqualTo(10 + WireFormat.HEADER_BYTES);
        assertThat(view.end()).isEqualTo(10 + value.length);
    }

    @Test
    void shouldNotCompareReceivedAtAndSource() {
        PaymentEvent event = random.event();
        int hash = bodyHash(event);
        event.setReceivedAt(event.getReceivedAt().plusSeconds(1));
        event.setSource(new Source("other", "", "", "", "", ""));
        assertThat(bodyHash(event)).isEqualTo(hash);
    }

    @Test
    void shouldNotCompareTheTimeWhenTheClientNamedNone() {
        PaymentEvent event = random.event();
        event.setOccurredAt(event.getReceivedAt());
        int hash = bodyHash(event);
        event.setReceivedAt(event.getReceivedAt().plusSeconds(1));
        event.setOccurredAt(event.getReceivedAt());
        assertThat(bodyHash(event)).isEqualTo(hash);
        event.setOccurredAt(event.getReceivedAt().minusSeconds(1));
        assertThat(bodyHash(event)).isNotEqualTo(hash);
    }

    @Test
    void shouldCompareEveryOtherField() {
        for (int i = 0; i < RECORDS; i++) {
            PaymentEvent one = random.event();
            int hash = bodyHash(one);
            PaymentEvent other = random.event();
            for (var field : PaymentEvent.SCHEMA$.getFields()) {
                boolean compared =
                        !field.name().equals("receivedAt") && !field.name().equals("source");
                Object kept = one.get(field.pos());
                Object changed = other.get(field.pos());
                if (compared && !Objects.equals(changed, kept)) {
                    one.put(field.pos(), changed);
                    assertThat(bodyHash(one)).as(field.name()).isNotEqualTo(hash);
                    one.put(field.pos(), kept);
                }
            }
            assertThat(bodyHash(one)).isEqualTo(hash);
        }
    }

    @Test
    void shouldRefuseMoreThanAThousandItems() {
        PaymentEvent event = random.event();
        event.setItems(java.util.Collections.nCopies(EventView.ITEMS_MAX, item("water")));
        wrap(AvroOracle.encode(event));
        assertThat(view.itemCount()).isEqualTo(EventView.ITEMS_MAX);
        event.setItems(java.util.Collections.nCopies(EventView.ITEMS_MAX + 1, item("water")));
        assertUnreadable(AvroOracle.encode(event), QuarantineReason.INVALID_FIELD, "items");
        assertUnreadable(AvroOracle.encodeInBlocks(event), QuarantineReason.INVALID_FIELD, "items");
    }

    @Test
    void shouldRefuseTextThatIsTooLong() {
        PaymentEvent event = random.event();
        event.setItems(List.of(item("f".repeat(EventView.CODE_BYTES_MAX))));
        event.setTenant("t".repeat(EventView.TENANT_BYTES_MAX));
        wrap(AvroOracle.encode(event));
        event.setItems(List.of(item("f".repeat(EventView.CODE_BYTES_MAX + 1))));
        assertUnreadable(AvroOracle.encode(event), QuarantineReason.INVALID_FIELD, "fund");
        event.setTenant("t".repeat(EventView.TENANT_BYTES_MAX + 1));
        assertUnreadable(AvroOracle.encode(event), QuarantineReason.INVALID_FIELD, "tenant");
    }

    @Test
    void shouldRefuseNulInAnyText() {
        PaymentEvent event = random.event();
        event.setItems(List.of(item("wa\0ter")));
        assertUnreadable(AvroOracle.encode(event), QuarantineReason.INVALID_FIELD, "fund");
        event.setItems(List.of());
        event.setClientReference("\0");
        assertUnreadable(AvroOracle.encode(event), QuarantineReason.INVALID_FIELD, "clientReference");
    }

    @Test
    void shouldRefuseTrailingBytes() {
        byte[] value = AvroOracle.encode(random.event());
        assertUnreadable(
                java.util.Arrays.copyOf(value, value.length + 3), QuarantineReason.TRAILING_BYTES, "3 bytes follow");
    }

    private void assertSame(PaymentEvent event) {
        assertThat(new UUID(view.eventIdHigh(), view.eventIdLow())).isEqualTo(Ids.toUuid(event.getEventId()));
        assertThat(new UUID(view.paymentIdHigh(), view.paymentIdLow())).isEqualTo(Ids.toUuid(event.getPaymentId()));
        assertThat(view.type()).isEqualTo(event.getType());
        assertThat(view.channel()).isEqualTo(event.getChannel());
        assertThat(view.tender()).isEqualTo(event.getTender());
        assertThat(view.receivedAtMicros()).isEqualTo(micros(event.getReceivedAt()));
        assertThat(view.occurredAtMicros()).isEqualTo(micros(event.getOccurredAt()));
        assertThat(view.amount()).isEqualTo(event.getAmount());
        assertThat(view.convenienceFee()).isEqualTo(event.getConvenienceFee());
        assertThat(text(view.currencyAt(), view.currencyLength())).isEqualTo(event.getCurrency());
        assertThat(text(view.tenantAt(), view.tenantLength())).isEqualTo(event.getTenant());
        assertThat(text(view.processorAt(), view.processorLength())).isEqualTo(event.getProcessor());
        assertThat(view.itemCount()).isEqualTo(event.getItems().size());
        for (int i = 0; i < view.itemCount(); i++) {
            assertThat(view.itemAmount(i)).isEqualTo(event.getItems().get(i).getAmount());
            assertThat(text(view.fundAt(i), view.fundLength(i)))
                    .isEqualTo(event.getItems().get(i).getFund());
        }
    }

    private void assertUnreadable(byte[] value, QuarantineReason reason, String what) {
        assertThatThrownBy(() -> wrap(value))
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(what);
    }

    private int bodyHash(PaymentEvent event) {
        wrap(AvroOracle.encode(event));
        return view.bodyHash();
    }

    private void wrap(byte[] value) {
        view.wrap(value, WireFormat.HEADER_BYTES, value.length);
    }

    private String text(int at, int length) {
        return new String(view.bytes(), at, length, StandardCharsets.UTF_8);
    }

    private static Item item(String fund) {
        return new Item(io.tillstream.schemas.BillType.UTILITY, 1L, fund, "");
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
