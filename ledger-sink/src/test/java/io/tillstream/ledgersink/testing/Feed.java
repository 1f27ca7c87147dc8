package io.tillstream.ledgersink.testing;

import io.tillstream.ledgersink.intake.Intake;
import io.tillstream.ledgersink.intake.Position;
import io.tillstream.ledgersink.intake.Rows;
import io.tillstream.schemas.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Hands values to an intake as a poll would, without Kafka. Offsets are 3 apart, as after transactions. */
public final class Feed {
    private static final int OFFSET_STEP = 3;

    private Feed() {}

    public static TopicPartition journal(int partition) {
        return new TopicPartition(Topics.JOURNAL.topicName(), partition);
    }

    /** Offset of the value with this index. */
    public static long offset(int index) {
        return (long) OFFSET_STEP * index;
    }

    /** Values {@code [from, to)} of a partition as records. */
    public static Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> poll(
            TopicPartition partition, List<byte[]> values, int from, int to) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset(i), new byte[0], values.get(i)));
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new LinkedHashMap<>();
        polled.put(partition, records);
        return polled;
    }

    /** Rows of a partition's values from its beginning. */
    public static Rows read(Intake intake, TopicPartition partition, List<byte[]> values) {
        return intake.read(poll(partition, values, 0, values.size()), start(partition));
    }

    public static Map<TopicPartition, Position> start(TopicPartition partition) {
        Map<TopicPartition, Position> positions = new HashMap<>();
        positions.put(partition, Position.start(0));
        return positions;
    }
}
