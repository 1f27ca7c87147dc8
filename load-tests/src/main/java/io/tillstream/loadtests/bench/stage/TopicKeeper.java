package io.tillstream.loadtests.bench.stage;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes, measures and removes topics and groups, so that each run begins with nothing. */
public final class TopicKeeper {
    private static final Duration GONE_MAX = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 100_000_000;

    private final Admin admin;

    public TopicKeeper(Admin admin) {
        this.admin = admin;
    }

    /** Makes a topic without compression of its own: what the producer sends is kept. Waits until the broker knows it everywhere. */
    public void create(String topic, int partitions) {
        get(admin.createTopics(
                        List.of(new NewTopic(topic, partitions, (short) 1).configs(Map.of("retention.ms", "-1"))))
                .all());
        awaitKnown(topic, partitions);
    }

    /**
     * Waits until the broker leads all partitions. To send earlier, to a topic that was just made again under its old name, can fail for
     * ever: the broker answers NOT_LEADER_OR_FOLLOWER to the first batch and OUT_OF_ORDER_SEQUENCE_NUMBER to what the producer sends then.
     */
    public void awaitKnown(String topic, int partitions) {
        await("topic " + topic, () -> answers(topic, partitions));
    }

    private boolean answers(String topic, int partitions) {
        try {
            ends(List.of(topic), partitions, IsolationLevel.READ_COMMITTED);
            return true;
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    /** Removes the topics that are there and waits until their names are free. */
    public void delete(Predicate<String> which) {
        Set<String> there = names(which);
        if (there.isEmpty()) {
            return;
        }
        get(admin.deleteTopics(there).all());
        await("topics " + there + " to be gone", () -> names(which).isEmpty());
    }

    /** Removes a group with its offsets as soon as its last member has left or timed out. */
    public void deleteGroup(String group) {
        await("group " + group + " to be empty", () -> isDeleted(group));
    }

    private boolean isDeleted(String group) {
        try {
            admin.deleteConsumerGroups(List.of(group)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Names of topics. */
    public Set<String> names(Predicate<String> which) {
        return get(admin.listTopics().names()).stream().filter(which).collect(Collectors.toSet());
    }

    /** Sum of the end offsets; for read_committed that of the last stable offsets. Commit markers count one each. */
    public long ends(Collection<String> topics, int partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> wanted = new java.util.HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < partitions; partition++) {
                wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        return get(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all()).values().stream()
                .mapToLong(found -> found.offset())
                .sum();
    }

    /** Bytes on disk of each topic. */
    public Map<String, Long> bytes(Predicate<String> which) {
        Map<String, Long> bytes = new TreeMap<>();
        get(admin.describeLogDirs(List.of(1)).allDescriptions())
                .get(1)
                .values()
                .forEach(directory -> directory.replicaInfos().forEach((partition, replica) -> {
                    if (which.test(partition.topic())) {
                        bytes.merge(partition.topic(), replica.size(), Long::sum);
                    }
                }));
        return bytes;
    }

    private static void await(String what, BooleanSupplier condition) {
        long giveUpAt = System.nanoTime() + GONE_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("Waited " + GONE_MAX + " in vain for " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
