package io.tillstream.streams.settlement;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.streams.settlement.BatchRules.Completes;
import io.tillstream.streams.settlement.BatchRules.Duplicate;
import io.tillstream.streams.settlement.BatchRules.Verdict;
import io.tillstream.streams.settlement.BatchRules.Waits;
import io.tillstream.streams.settlement.WaitingBatches.Waiting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Kafka shell around {@link BatchRules}: looks up, judges, keeps or completes. */
final class PartKeeper implements Processor<byte[], SettlementPart, String, SettlementBatch> {
    private static final Logger LOG = LoggerFactory.getLogger(PartKeeper.class);

    private final AvroCodec<SettlementPart> parts;
    private final AvroCodec<SettlementBatch> batches;
    private final WaitingBatches waiting;
    private final Set<String> shown = new HashSet<>();
    private ProcessorContext<String, SettlementBatch> context;
    private BatchStore store;

    PartKeeper(AvroCodec<SettlementPart> parts, AvroCodec<SettlementBatch> batches, WaitingBatches waiting) {
        this.parts = parts;
        this.batches = batches;
        this.waiting = waiting;
    }

    @Override
    public void init(ProcessorContext<String, SettlementBatch> context) {
        this.context = context;
        store = new BatchStore(context.getStateStore(SettlementTopology.STORE), parts, batches);
        Map<String, Integer> partsThere = new HashMap<>();
        store.forEachWaiting(part -> show(part, partsThere.merge(part.getBatchId(), 1, Integer::sum)));
    }

    @Override
    public void process(Record<byte[], SettlementPart> record) {
        SettlementPart part = record.value();
        if (part == null) {
            throw new IllegalStateException("A part without a value at " + position());
        }
        List<SettlementPart> kept = store.waiting(part);
        Optional<SettlementBatch> completed = store.completed(part);
        if (completed.isEmpty() && kept.isEmpty() && store.isForgotten(part)) {
            LOG.warn("Part of batch {} at {} ignored: completed long ago", part.getBatchId(), position());
            return;
        }
        Verdict verdict = BatchRules.judge(part, kept, completed);
        if (verdict instanceof Waits waits) {
            store.keep(part);
            show(part, waits.partsThere());
        } else if (verdict instanceof Completes completes) {
            complete(record, completes.batch());
        } else if (verdict instanceof Duplicate) {
            LOG.info("Part of batch {} from partition {} came again", part.getBatchId(), part.getPartition());
        }
    }

    @Override
    public void close() {
        shown.forEach(waiting::done);
        shown.clear();
    }

    private void complete(Record<byte[], SettlementPart> record, SettlementBatch batch) {
        store.complete(batch);
        waiting.done(batch.getBatchId());
        shown.remove(batch.getBatchId());
        context.forward(record.withKey(batch.getTenant()).withValue(batch));
        LOG.info("Batch {} is complete: {} entries", batch.getBatchId(), batch.getEntryCount());
    }

    private void show(SettlementPart part, int partsThere) {
        shown.add(part.getBatchId());
        waiting.waits(new Waiting(part.getBatchId(), part.getClosedAt(), partsThere, part.getPartitionCount()));
    }

    private String position() {
        return context.recordMetadata()
                .map(at -> at.topic() + " partition " + at.partition() + " offset " + at.offset())
                .orElse("an unknown position");
    }
}
