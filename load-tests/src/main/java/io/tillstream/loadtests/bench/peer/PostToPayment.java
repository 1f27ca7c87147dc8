package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Applies the rules to the payment's row and makes the entry. */
final class PostToPayment implements FixedKeyProcessor<byte[], PaymentEvent, JournalEntry> {
    private FixedKeyProcessorContext<byte[], JournalEntry> context;
    private KeyValueStore<Bytes, PaymentState> payments;

    @Override
    public void init(FixedKeyProcessorContext<byte[], JournalEntry> context) {
        this.context = context;
        payments = context.getStateStore(DslMain.PAYMENTS);
    }

    @Override
    public void process(FixedKeyRecord<byte[], PaymentEvent> input) {
        Bytes key = Bytes.wrap(input.key());
        PeerRules.Posted posted = PeerRules.post(input.value(), payments.get(key));
        if (posted == null) {
            return;
        }
        payments.put(key, posted.state());
        long offset = context.recordMetadata().orElseThrow().offset();
        int partition = context.taskId().partition();
        context.forward(input.withValue(PeerRules.entry(input.value(), posted, partition, offset, input.timestamp())));
    }
}
