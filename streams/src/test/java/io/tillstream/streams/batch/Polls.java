package io.tillstream.streams.batch;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** What a poll brings, for tests of other packages. */
public final class Polls {
    private Polls() {}

    /** The headers with which a record that came alone in a poll reaches a processor. */
    public static Headers headersOf(ConsumerRecord<byte[], byte[]> only) {
        TopicPartition partition = new TopicPartition(only.topic(), only.partition());
        return PolledBatch.pack(new ConsumerRecords<>(Map.of(partition, List.of(only)), Map.of()))
                .records(partition)
                .get(0)
                .headers();
    }
}
