package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Posting;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Adds an entry's postings to the balances of this partition. */
final class AddToBalances implements FixedKeyProcessor<byte[], JournalEntry, JournalEntry> {
    private FixedKeyProcessorContext<byte[], JournalEntry> context;
    private KeyValueStore<String, Long> balances;

    @Override
    public void init(FixedKeyProcessorContext<byte[], JournalEntry> context) {
        this.context = context;
        balances = context.getStateStore(DslMain.BALANCES);
    }

    @Override
    public void process(FixedKeyRecord<byte[], JournalEntry> input) {
        for (Posting posting : input.value().getPostings()) {
            String account = input.value().getTenant() + "|" + posting.getAccount();
            Long before = balances.get(account);
            balances.put(account, Math.addExact(before == null ? 0 : before, posting.getAmount()));
        }
        context.forward(input);
    }
}
