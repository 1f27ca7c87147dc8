package io.tillstream.schemas.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.RandomRecords;
import io.tillstream.schemas.WireFormat;
import org.junit.jupiter.api.Test;

final class PlacementTest {
    @Test
    void shouldPlaceAnEventAsItsKeyIsPlaced() {
        RandomRecords random = new RandomRecords(9);
        EventView view = new EventView();
        Placement placement = new Placement();
        for (int i = 0; i < 5_000; i++) {
            PaymentEvent event = random.event();
            byte[] value = AvroOracle.encode(event);
            view.wrap(value, WireFormat.HEADER_BYTES, value.length);
            byte[] key = PaymentKeys.key(event.getTenant(), Ids.toUuid(event.getPaymentId()));
            int partitions = 1 + i % 97;
            assertThat(placement.partition(view, partitions)).isEqualTo(PaymentKeys.partition(key, partitions));
        }
    }
}
