package io.tillstream.streams.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * The records of one partition that one poll has brought, on their way through Streams as the only header of a record without key and
 * value. That record has the offset of the first of them: Streams commits the offset of the record that is next to be processed, so the
 * whole batch is either before a commit or behind it. A client can't forge one: what comes from a broker is never of this class.
 */
public final class PolledBatch implements Header {
    private static final String KEY = "polled-batch";

    private final List<ConsumerRecord<byte[], byte[]>> records;

    private PolledBatch(List<ConsumerRecord<byte[], byte[]>> records) {
        this.records = records;
    }

    /** The batch that a record stands for, or nothing if it came alone: from a client that is none of {@link BatchClients}. */
    public static Optional<PolledBatch> in(Headers headers) {
        return headers.lastHeader(KEY) instanceof PolledBatch batch ? Optional.of(batch) : Optional.empty();
    }

    /** One record for each partition; positions stay as they are. */
    static ConsumerRecords<byte[], byte[]> pack(ConsumerRecords<byte[], byte[]> polled) {
        if (polled.isEmpty()) {
            return polled;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> packed = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            packed.put(partition, List.of(pack(polled.records(partition))));
        }
        return new ConsumerRecords<>(packed, polled.nextOffsets());
    }

    private static ConsumerRecord<byte[], byte[]> pack(List<ConsumerRecord<byte[], byte[]>> records) {
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        int keyBytes = 0;
        int valueBytes = 0;
        for (ConsumerRecord<byte[], byte[]> each : records) { // for Streams' metrics
            keyBytes += Math.max(0, each.serializedKeySize());
            valueBytes += Math.max(0, each.serializedValueSize());
        }
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                Math.max(0, first.timestamp()), // a client may have sent none, for which Streams would stop
                TimestampType.CREATE_TIME,
                keyBytes,
                valueBytes,
                null,
                null,
                new RecordHeaders(new Header[] {new PolledBatch(records)}),
                first.leaderEpoch());
    }

    /** At least one, in the partition's order. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    @Override
    public String key() {
        return KEY;
    }

    /** Nothing; its bytes are counted with the record's. */
    @Override
    public byte[] value() {
        return null;
    }
}
