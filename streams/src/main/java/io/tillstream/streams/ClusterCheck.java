package io.tillstream.streams;

import io.tillstream.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What must hold of the cluster before a processor may start. */
final class ClusterCheck {
    /** From version 2 on a producer's epoch rises with every transaction, so that a zombie's late writes can't join the next one (KIP-890). */
    private static final short TRANSACTION_VERSION_MIN = 2;

    private ClusterCheck() {}

    /**
     * Partitions of payments.events.
     *
     * @throws IllegalStateException if the cluster's transactions are too old, a topic is missing, or the journal's partitions are
     *     not those of payments.events
     */
    static int eventPartitions(Admin admin) throws ExecutionException, InterruptedException {
        FinalizedVersionRange transactions = admin.describeFeatures()
                .featureMetadata()
                .get()
                .finalizedFeatures()
                .get("transaction.version");
        short version = transactions == null ? 0 : transactions.maxVersionLevel();
        if (version < TRANSACTION_VERSION_MIN) {
            throw new IllegalStateException("The cluster's transaction.version is " + version + ", needed is "
                    + TRANSACTION_VERSION_MIN + " (kafka-features.sh upgrade --feature transaction.version="
                    + TRANSACTION_VERSION_MIN + ")");
        }
        int events = partitions(admin, Topics.EVENTS);
        int journal = partitions(admin, Topics.JOURNAL);
        if (events != journal) {
            throw new IllegalStateException(Topics.EVENTS.topicName() + " has " + events + " partitions, "
                    + Topics.JOURNAL.topicName() + " " + journal + "; they must be equal");
        }
        return events;
    }

    private static int partitions(Admin admin, Topics topic) throws ExecutionException, InterruptedException {
        try {
            Map<String, TopicDescription> described = admin.describeTopics(List.of(topic.topicName()))
                    .allTopicNames()
                    .get();
            return described.get(topic.topicName()).partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new IllegalStateException(
                        "The topic " + topic.topicName() + " does not exist; run `tillstream topics apply`", e);
            }
            throw e;
        }
    }
}
