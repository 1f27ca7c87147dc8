package io.tillstream.streams.posting;

import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementPart;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The Kafka side of {@link Poster}: takes records from the task, gives results to the sinks. */
final class PostingProcessor implements Processor<byte[], byte[], byte[], Object> {
    /** What is forwarded to the journal: the sink must write to the task's own partition, told in the way that a partitioner answers. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(Optional<Set<Integer>> partition, byte[] value) {}

    /** Marks come without a key, but Streams passes over changelog records without one when it restores. */
    private static final byte[] MARK_KEY = "mark".getBytes(StandardCharsets.US_ASCII);

    private final PostingCodecs codecs;
    private final int partitionCount;
    private final Decider decider;
    private final PostingMetrics metrics;
    private ProcessorContext<byte[], Object> context;
    private Ledger ledger;
    private Poster poster;
    private Record<byte[], byte[]> current;

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
        poster = new Poster(codecs, partition, partitionCount, decider, new Sinks(partition));
    }

    @Override
    public void process(Record<byte[], byte[]> input) {
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new BrokenInvariantException("Posting: a record without a position"));
        current = input;
        poster.post(ledger, input.value(), metadata.offset(), input.timestamp());
    }

    @Override
    public void close() {
        metrics.forget(context.taskId().partition());
    }

    private final class Sinks implements PostingOutput {
        private final Optional<Set<Integer>> partition;

        Sinks(int partition) {
            this.partition = Optional.of(Set.of(partition));
        }

        @Override
        public void entry(byte[] value) {
            metrics.entry();
            byte[] key = current.key() == null ? MARK_KEY : current.key();
            context.forward(output(key, new Entry(partition, value)), PostingTopology.JOURNAL_SINK);
        }

        @Override
        public void refused(Refused refused) {
            metrics.refused(refused.getReason());
            context.forward(output(current.key(), refused), PostingTopology.REFUSED_SINK);
        }

        @Override
        public void quarantined(Quarantined quarantined) {
            metrics.quarantined(quarantined.getReason());
            context.forward(output(null, quarantined), PostingTopology.QUARANTINE_SINK);
        }

        @Override
        public void part(SettlementPart part) {
            byte[] key = part.getBatchId().getBytes(StandardCharsets.UTF_8);
            context.forward(output(key, part), PostingTopology.PARTS_SINK);
        }

        private Record<byte[], Object> output(byte[] key, Object value) {
            return new Record<>(key, value, current.timestamp());
        }
    }
}
