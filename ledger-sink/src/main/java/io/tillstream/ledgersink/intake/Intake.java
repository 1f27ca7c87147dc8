package io.tillstream.ledgersink.intake;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Turns records into rows. Used by one thread. */
public interface Intake {

    /** Name of threads, consumer group and health check. */
    String name();

    List<String> topics();

    /** Whether the topic must be there from offset 0 on; else a new sink starts at the oldest record that is kept. */
    boolean isWhole(String topic);

    /**
     * Rows of one poll; changes nothing.
     *
     * @param records by partition, in order; no list is empty
     * @param before the stored position of each of these partitions
     * @return valid until the next call
     * @throws BrokenInputException naming partition, offset and what is wrong
     */
    Rows read(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records, Map<TopicPartition, Position> before);
}
