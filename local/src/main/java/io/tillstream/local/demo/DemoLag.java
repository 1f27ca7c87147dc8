package io.tillstream.local.demo;

import io.tillstream.local.connection.PostingLag;
import io.tillstream.runtime.KafkaSettings;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far posting and the database are behind. */
final class DemoLag implements AutoCloseable {
    private final PostingLag posting;
    private final DemoServices services;

    DemoLag(KafkaSettings kafka, DemoServices services) {
        this.posting = new PostingLag(kafka);
        this.services = services;
    }

    /** Offsets of payments.events that posting has not committed yet. */
    long posting() {
        return posting.before(posting.inputEnds());
    }

    /** Records that the ledger sink has not stored yet. */
    long database() {
        return services.sinkLag();
    }

    /** End of every partition of payments.events. */
    Map<TopicPartition, Long> inputEnds() {
        return posting.inputEnds();
    }

    @Override
    public void close() {
        posting.close();
    }
}
