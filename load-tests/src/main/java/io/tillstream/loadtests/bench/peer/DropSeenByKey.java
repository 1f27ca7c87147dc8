package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.PaymentEvent;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Drops an event whose id the store holds, with one look-up by key. Ids are never removed, which favours this peer. */
final class DropSeenByKey implements FixedKeyProcessor<byte[], PaymentEvent, PaymentEvent> {
    private FixedKeyProcessorContext<byte[], PaymentEvent> context;
    private KeyValueStore<Bytes, Long> seen;

    @Override
    public void init(FixedKeyProcessorContext<byte[], PaymentEvent> context) {
        this.context = context;
        seen = context.getStateStore(DslMain.SEEN);
    }

    @Override
    public void process(FixedKeyRecord<byte[], PaymentEvent> input) {
        Bytes id = Bytes.wrap(input.value().getEventId().bytes());
        if (seen.putIfAbsent(id, input.timestamp()) == null) {
            context.forward(input);
        }
    }
}
