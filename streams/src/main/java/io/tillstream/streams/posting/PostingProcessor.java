package io.tillstream.streams.posting;

import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.streams.batch.PolledBatch;
import io.tillstream.streams.batch.SentBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The Kafka side of {@link Poster}: takes records from the task, gives results to the sinks. */
final class PostingProcessor implements Processor<byte[], byte[], byte[], Object> {
    /**
     * What is forwarded to the journal: the sink must write to the task's own partition, told in the way that a partitioner answers.
     * Without a value it is a batch.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(Optional<Set<Integer>> partition, byte[] value) {}

    /** Marks come without a key, but Streams passes over changelog records without one when it restores. */
    private static final byte[] MARK_KEY = "mark".getBytes(StandardCharsets.US_ASCII);

    /** Records whose places in the tables are fetched from memory together. */
    private static final int LOOK_AHEAD = 16;

    private final PostingCodecs codecs;
    private final int partitionCount;
    private final Decider decider;
    private final PostingMetrics metrics;
    private ProcessorContext<byte[], Object> context;
    private Ledger ledger;
    private Sinks sinks;
    private Poster poster;

    PostingProcessor(PostingCodecs codecs, int partitionCount, Decider decider, PostingMetrics metrics) {
        this.codecs = codecs;
        this.partitionCount = partitionCount;
        this.decider = decider;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        JournalStore store = context.getStateStore(JournalStore.NAME);
        ledger = store.ledger();
        ledger.checkComplete();
        int partition = context.taskId().partition();
        metrics.watch(partition, ledger);
        sinks = new Sinks(partition);
        poster = new Poster(codecs, partition, partitionCount, decider, sinks);
    }

    /** A batch of records, or one that came alone: then its entries leave alone too. */
    @Override
    public void process(Record<byte[], byte[]> input) {
        Optional<PolledBatch> polled = PolledBatch.in(input.headers());
        if (polled.isPresent()) {
            sinks.beginBatch();
            postAll(polled.get().records());
            sinks.forwardBatch(input.timestamp());
        } else {
            RecordMetadata metadata = context.recordMetadata()
                    .orElseThrow(() -> new BrokenInvariantException("Posting: a record without a position"));
            sinks.begin(input.key(), input.timestamp());
            poster.post(ledger, input.value(), metadata.offset(), input.timestamp());
        }
    }

    private void postAll(List<ConsumerRecord<byte[], byte[]>> records) {
        int count = records.size();
        for (int from = 0; from < count; from += LOOK_AHEAD) {
            int to = Math.min(count, from + LOOK_AHEAD);
            for (int i = from; i < to; i++) {
                poster.expect(ledger, records.get(i).value());
            }
            for (int i = from; i < to; i++) {
                ConsumerRecord<byte[], byte[]> each = records.get(i);
                long timestampMs = Math.max(0, each.timestamp()); // -1 if the client has sent none
                sinks.begin(each.key(), timestampMs);
                poster.post(ledger, each.value(), each.offset(), timestampMs);
            }
        }
    }

    @Override
    public void close() {
        metrics.forget(context.taskId().partition());
    }

    private final class Sinks implements PostingOutput {
        private final Optional<Set<Integer>> partition;
        private SentBatch batch; // null while records come alone
        private SentBatch refusals;
        private byte[] key; // of the record that is being posted
        private long timestampMs;

        Sinks(int partition) {
            this.partition = Optional.of(Set.of(partition));
        }

        void beginBatch() {
            batch = new SentBatch();
            refusals = new SentBatch();
        }

        void begin(byte[] key, long timestampMs) {
            this.key = key;
            this.timestampMs = timestampMs;
        }

        void forwardBatch(long timestampMs) {
            SentBatch entries = batch;
            batch = null;
            metrics.entries(entries.size());
            if (entries.size() > 0) {
                Entry none = new Entry(partition, null);
                context.forward(
                        new Record<>(null, none, timestampMs, entries.asHeaders()), PostingTopology.JOURNAL_SINK);
            }
            if (refusals.size() > 0) {
                context.forward(
                        new Record<>(null, null, timestampMs, refusals.asHeaders()), PostingTopology.REFUSED_SINK);
            }
        }

        @Override
        public void entry(byte[] value) {
            byte[] entryKey = key == null ? MARK_KEY : key;
            if (batch != null) {
                batch.add(entryKey, value, timestampMs);
            } else {
                metrics.entries(1);
                context.forward(output(entryKey, new Entry(partition, value)), PostingTopology.JOURNAL_SINK);
            }
        }

        @Override
        public void refused(Refusal reason, byte[] value) {
            metrics.refused(reason);
            if (batch != null) {
                refusals.add(key, value, timestampMs);
            } else {
                context.forward(output(key, value), PostingTopology.REFUSED_SINK);
            }
        }

        @Override
        public void quarantined(Quarantined quarantined) {
            metrics.quarantined(quarantined.getReason());
            context.forward(output(null, quarantined), PostingTopology.QUARANTINE_SINK);
        }

        @Override
        public void part(SettlementPart part) {
            byte[] batchId = part.getBatchId().getBytes(StandardCharsets.UTF_8);
            context.forward(output(batchId, part), PostingTopology.PARTS_SINK);
        }

        private Record<byte[], Object> output(byte[] key, Object value) {
            return new Record<>(key, value, timestampMs);
        }
    }
}
