package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.TopicKeeper;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;

/** The last stable offsets of a topic, from where they were when the gauge was made. */
final class TopicGauge implements Gauge {
    private final TopicKeeper topics;
    private final List<String> topic;
    private final int partitions;
    private final long from;

    TopicGauge(TopicKeeper topics, String topic, int partitions) {
        this.topics = topics;
        this.partitions = partitions;
        this.topic = List.of(topic);
        from = topics.ends(this.topic, partitions, IsolationLevel.READ_COMMITTED);
    }

    @Override
    public long position() {
        return topics.ends(topic, partitions, IsolationLevel.READ_COMMITTED) - from;
    }

    @Override
    public boolean isSettled() {
        return topics.ends(topic, partitions, IsolationLevel.READ_UNCOMMITTED) - from == position();
    }
}
