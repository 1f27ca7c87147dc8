package io.tillstream.streams.posting;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Table of contents of posting:
 *
 * <pre>
 * payments.events -> posting (store: journal) -> ledger-journal-changelog   one entry for each accepted event; the store's changelog
 *                                             -> payments.refused           refusals and duplicates
 *                                             -> payments.quarantine        what could not be read
 *                                             -> settlement.parts           this partition's totals of a closed business date
 * </pre>
 */
public final class PostingTopology {
    /** Application id; with the store's name it makes the changelog topic the journal. */
    public static final String APPLICATION_ID = "ledger";

    private static final int BUFFERED_BATCHES = 2;

    static final String JOURNAL_SINK = "to-journal";
    static final String REFUSED_SINK = "to-refused";
    static final String QUARANTINE_SINK = "to-quarantine";
    static final String PARTS_SINK = "to-parts";

    private PostingTopology() {}

    /**
     * The topology for a cluster whose payments.events has {@code partitionCount} partitions.
     *
     * @param hotRows rows of payments that each partition keeps in memory; 0 is all
     * @throws IllegalStateException if the schemas are not registered or the registry does not answer
     */
    public static Topology build(SchemaRegistryClient registry, int partitionCount, int hotRows, MeterRegistry meters) {
        return build(registry, partitionCount, hotRows, meters, Decider::new, PostingTopology::ofTheTask);
    }

    /** Tests give a decider or a partitioner with one guard taken out. */
    static Topology build(
            SchemaRegistryClient registry,
            int partitionCount,
            int hotRows,
            MeterRegistry meters,
            Supplier<Decider> deciders,
            StreamPartitioner<byte[], PostingProcessor.Entry> partitioner) {
        PostingCodecs codecs = PostingCodecs.of(registry);
        PostingMetrics metrics = new PostingMetrics(meters);
        Deserializer<byte[]> bytesIn = Serdes.ByteArray().deserializer();
        Serializer<byte[]> bytesOut = Serdes.ByteArray().serializer();
        Serializer<PostingProcessor.Entry> entryOut = (topic, entry) -> entry.value();
        Serializer<Quarantined> quarantinedOut = codecs.quarantined().serializer();
        Serializer<SettlementPart> partOut = codecs.parts().serializer();
        String posting = "posting";
        return new Topology()
                .addSource("events", bytesIn, bytesIn, Topics.EVENTS.topicName())
                .addProcessor(
                        posting, () -> new PostingProcessor(codecs, partitionCount, deciders.get(), metrics), "events")
                .addStateStore(new JournalStore.Builder(codecs.journal(), hotRows), posting)
                .addSink(JOURNAL_SINK, Topics.JOURNAL.topicName(), bytesOut, entryOut, partitioner, posting)
                .addSink(REFUSED_SINK, Topics.REFUSED.topicName(), bytesOut, bytesOut, posting)
                .addSink(QUARANTINE_SINK, Topics.QUARANTINE.topicName(), bytesOut, quarantinedOut, posting)
                .addSink(PARTS_SINK, Topics.PARTS.topicName(), bytesOut, partOut, posting);
    }

    /** What posting needs of Kafka Streams: it buffers batches, each as many records as a poll brings. */
    public static Map<String, Object> properties() {
        return Map.of(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_BATCHES);
    }

    /** An entry belongs in its task's partition, whatever its key: the changelog is restored by partition. */
    private static Optional<Set<Integer>> ofTheTask(
            String topic, byte[] key, PostingProcessor.Entry entry, int partitionCount) {
        return entry.partition();
    }
}
