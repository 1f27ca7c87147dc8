package io.tillstream.schemas.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.RandomRecords;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.WireFormat;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RefusedWriter against what Avro writes. */
class RefusedWriterTest {
    private static final String DETAIL = "The tenant's limit is 100 000 € in minor units";
    private static final int SCHEMA_ID = 7; // as the oracle writes it
    private static final Instant TIME = Instant.parse("2026-11-20T12:00:00.123Z");

    private final RandomRecords random = new RandomRecords(3);
    private final RefusedWriter writer = new RefusedWriter();

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void shouldWriteWhatAvroWrites(Refusal reason) {
        PaymentEvent event = random.event();
        byte[] encoded = AvroOracle.encode(event);
        EventView view = new EventView();
        view.wrap(encoded, WireFormat.HEADER_BYTES, encoded.length);
        byte[] written = writer.write(SCHEMA_ID, reason, DETAIL, 3, 1L << 40, TIME.toEpochMilli(), view);
        assertThat(written)
                .isEqualTo(AvroOracle.encode(new Refused(reason, DETAIL, event.getTenant(), 3, 1L << 40, TIME, event)));
    }
}
