package io.tillstream.streams.posting;

import io.tillstream.schemas.BillType;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every way in which a record of payments.events can be wrong so that it must be put aside, made from a good event. */
final class MalformedRecords {
    /** One way, by name. */
    record Way(String name, QuarantineReason reason, Function<PaymentEvent, byte[]> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Instant TIMESTAMP = Instant.ofEpochMilli(Partition.TIMESTAMP_MS);
    private static final LocalDate DATE = LocalDate.of(2026, 1, 5);

    private final PostingCodecs codecs;
    private final List<Way> ways = new ArrayList<>();

    MalformedRecords(PostingCodecs codecs) {
        this.codecs = codecs;
        bytes();
        fields();
        times();
        marks();
    }

    List<Way> ways() {
        return List.copyOf(ways);
    }

    Input.Malformed any(PaymentEvent event, Random random) {
        Way way = ways.get(random.nextInt(ways.size()));
        return new Input.Malformed(way.reason(), way.make().apply(event));
    }

    private void bytes() {
        way("null", QuarantineReason.NULL_VALUE, event -> null);
        way("empty", QuarantineReason.TOO_SHORT, event -> new byte[0]);
        way("four bytes", QuarantineReason.TOO_SHORT, event -> new byte[4]);
        way("header alone", QuarantineReason.MALFORMED, event -> Arrays.copyOf(good(event), 5));
        way("JSON", QuarantineReason.WRONG_MAGIC, event -> "{\"amount\":1}".getBytes(StandardCharsets.UTF_8));
        way("unknown schema", QuarantineReason.UNKNOWN_SCHEMA, event -> withSchema(good(event), 4711));
        way("negative schema", QuarantineReason.UNKNOWN_SCHEMA, event -> withSchema(good(event), -1));
        way(
                "another topic's record",
                QuarantineReason.WRONG_SCHEMA,
                event -> withSchema(good(event), codecs.quarantined().schemaId()));
        way("half", QuarantineReason.MALFORMED, event -> Arrays.copyOf(good(event), good(event).length / 2));
        way("one byte less", QuarantineReason.MALFORMED, event -> Arrays.copyOf(good(event), good(event).length - 1));
        way(
                "one byte more",
                QuarantineReason.TRAILING_BYTES,
                event -> Arrays.copyOf(good(event), good(event).length + 1));
        way("ones", QuarantineReason.MALFORMED, event -> {
            byte[] value = good(event);
            Arrays.fill(value, 5, value.length, (byte) 0xFF);
            return value;
        });
        way("not UTF-8", QuarantineReason.INVALID_FIELD, event -> {
            byte[] value = with(event, changed -> changed.setPayerReference("QQQQ"));
            int at = new String(value, StandardCharsets.ISO_8859_1).indexOf("QQQQ");
            value[at] = (byte) 0xC0;
            return value;
        });
    }

    private void fields() {
        way(
                "a megabyte",
                QuarantineReason.TOO_LARGE,
                event -> with(event, e -> e.setClientReference("x".repeat(1 << 20))));
        way(
                "a long text",
                QuarantineReason.INVALID_FIELD,
                event -> with(event, e -> e.setClientReference("x".repeat(5000))));
        way("NUL in tenant", QuarantineReason.INVALID_FIELD, event -> with(event, e -> e.setTenant("tul\0sa")));
        way("NUL in reference", QuarantineReason.INVALID_FIELD, event -> with(event, e -> e.setPayerReference("\0")));
        way("no tenant", QuarantineReason.INVALID_FIELD, event -> with(event, e -> e.setTenant("")));
        way("long tenant", QuarantineReason.INVALID_FIELD, event -> with(event, e -> e.setTenant("t".repeat(65))));
        way("long currency", QuarantineReason.INVALID_FIELD, event -> with(event, e -> e.setCurrency("U".repeat(65))));
        way(
                "no processor",
                QuarantineReason.INVALID_FIELD,
                event -> with(event, e -> {
                    e.setTender(io.tillstream.schemas.Tender.ECHECK);
                    e.setProcessor("");
                }));
        way("no fund", QuarantineReason.INVALID_FIELD, event -> with(event, e -> e.setItems(List.of(item("")))));
        way(
                "long fund",
                QuarantineReason.INVALID_FIELD,
                event -> with(event, e -> e.setItems(List.of(item("f".repeat(65))))));
        way(
                "1001 items",
                QuarantineReason.INVALID_FIELD,
                event -> with(event, e -> e.setItems(Collections.nCopies(1001, item("water")))));
    }

    private void times() {
        way(
                "ancient",
                QuarantineReason.INVALID_TIME,
                event -> at(event, "1999-12-31T23:59:59Z", "2026-01-05T00:00:00Z"));
        way(
                "received in ancient times",
                QuarantineReason.INVALID_TIME,
                event -> at(event, "1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z"));
        way(
                "far future",
                QuarantineReason.INVALID_TIME,
                event -> at(event, "2200-01-01T00:00:00Z", "2200-01-01T00:00:00Z"));
        way(
                "beyond all time",
                QuarantineReason.INVALID_TIME,
                event -> at(event, "+250000-01-01T00:00:00Z", "2026-01-05T00:00:00Z"));
        way(
                "occurs after it is received",
                QuarantineReason.INVALID_TIME,
                event -> at(event, "2026-01-06T00:00:01Z", "2026-01-05T00:00:00Z"));
        way(
                "received after it is recorded",
                QuarantineReason.INVALID_TIME,
                event -> with(event, e -> {
                    e.setReceivedAt(TIMESTAMP.plusSeconds(86_401));
                    e.setOccurredAt(TIMESTAMP);
                }));
    }

    private void marks() {
        way("terms cut", QuarantineReason.MALFORMED, event -> {
            byte[] value = codecs.terms().encode(terms(event.getTenant(), 3));
            return Arrays.copyOf(value, value.length - 1);
        });
        way("terms with more", QuarantineReason.TRAILING_BYTES, event -> {
            byte[] value = codecs.terms().encode(terms(event.getTenant(), 3));
            return Arrays.copyOf(value, value.length + 1);
        });
        way(
                "terms without a horizon",
                QuarantineReason.INVALID_FIELD,
                event -> codecs.terms().encode(terms(event.getTenant(), 0)));
        way(
                "terms of nobody",
                QuarantineReason.INVALID_FIELD,
                event -> codecs.terms().encode(terms("", 3)));
        way("a close cut", QuarantineReason.MALFORMED, event -> {
            byte[] value = codecs.closes().encode(new BusinessDayClose(event.getTenant(), DATE, DATE, TIMESTAMP));
            return Arrays.copyOf(value, 7);
        });
        way(
                "a close of nobody",
                QuarantineReason.INVALID_FIELD,
                event -> codecs.closes().encode(new BusinessDayClose("\0", DATE, DATE.plusDays(1), TIMESTAMP)));
        way(
                "a quarantined record",
                QuarantineReason.WRONG_SCHEMA,
                event -> codecs.quarantined()
                        .encode(new Quarantined(QuarantineReason.MALFORMED, "", "", "", 0, 0L, TIMESTAMP, 0L, null)));
    }

    private void way(String name, QuarantineReason reason, Function<PaymentEvent, byte[]> make) {
        ways.add(new Way(name, reason, make));
    }

    private byte[] good(PaymentEvent event) {
        return codecs.events().encode(event);
    }

    private byte[] with(PaymentEvent event, Consumer<PaymentEvent> change) {
        PaymentEvent changed = PaymentEvent.newBuilder(event).build();
        change.accept(changed);
        return codecs.events().encode(changed);
    }

    private byte[] at(PaymentEvent event, String occurredAt, String receivedAt) {
        return with(event, changed -> {
            changed.setOccurredAt(Instant.parse(occurredAt));
            changed.setReceivedAt(Instant.parse(receivedAt));
        });
    }

    private static byte[] withSchema(byte[] value, int schemaId) {
        WireFormat.writeHeader(value, schemaId);
        return value;
    }

    private static Item item(String fund) {
        return new Item(BillType.OTHER, 1L, fund, "");
    }

    private static TenantTerms terms(String tenant, int horizon) {
        return new TenantTerms(tenant, "USD", DATE, horizon, 0, 1000L);
    }
}
