package io.tillstream.ledgersink.testing;

import io.tillstream.schemas.Topics;
import io.tillstream.testcluster.CommittedRecords;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is committed in a topic, whole. */
public final class TopicReader {
    private TopicReader() {}

    /** Values in the order of partition and offset. */
    public static List<byte[]> values(Topics topic) {
        return records(topic).stream().map(ConsumerRecord::value).toList();
    }

    public static List<ConsumerRecord<byte[], byte[]>> records(Topics topic) {
        return CommittedRecords.of(LedgerCluster.kafka().with(Map.of()), topic.topicName());
    }
}
