package io.tillstream.loadtests.architecture.broken.streams.posting;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** Breaks: the core of posting knows no Kafka, reads no clock, keeps no fractions; nobody sleeps. */
final class Decider {
    private final double rate;

    Decider(double rate) {
        this.rate = rate;
    }

    long decide(TopicPartition partition) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1);
        return partition.partition() + (long) (rate * System.currentTimeMillis());
    }
}
