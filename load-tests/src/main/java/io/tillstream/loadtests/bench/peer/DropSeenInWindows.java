package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** Drops an event whose id the window store holds: the usual recipe. */
final class DropSeenInWindows implements FixedKeyProcessor<byte[], PaymentEvent, PaymentEvent> {
    private FixedKeyProcessorContext<byte[], PaymentEvent> context;
    private WindowStore<UUID, Long> seen;

    @Override
    public void init(FixedKeyProcessorContext<byte[], PaymentEvent> context) {
        this.context = context;
        seen = context.getStateStore(DslMain.SEEN);
    }

    @Override
    public void process(FixedKeyRecord<byte[], PaymentEvent> input) {
        UUID id = Ids.toUuid(input.value().getEventId());
        long at = input.timestamp();
        long window = DslMain.REMEMBERED.toMillis();
        try (WindowStoreIterator<Long> earlier = seen.fetch(id, at - window, at + window)) {
            if (earlier.hasNext()) {
                return;
            }
        }
        seen.put(id, at, at);
        context.forward(input);
    }
}
