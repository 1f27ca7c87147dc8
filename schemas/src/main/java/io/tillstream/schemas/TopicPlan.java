package io.tillstream.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Topics as code: what would have to change so that the cluster has the topics of {@link Topics}.
 *
 * <p>Partition counts are never changed: keys are placed by the count, so more partitions would part duplicates from each other.
 * A difference is an error that is told in the plan.
 */
public final class TopicPlan {
    /** One step; {@code error} steps can't be applied. */
    public record Step(Topics topic, String action, boolean error) {}

    private final List<Step> steps = new ArrayList<>();
    private final List<NewTopic> creations = new ArrayList<>();
    private final Map<ConfigResource, List<AlterConfigOp>> alterations =
            new TreeMap<>((a, b) -> a.name().compareTo(b.name()));

    private TopicPlan() {}

    /**
     * Compares the cluster with the catalogue.
     *
     * @param eventPartitions partitions of payments.events
     * @param replicationFactor replicas of every topic; with 3 or more, min.insync.replicas is 2
     */
    public static TopicPlan of(Admin admin, int eventPartitions, int replicationFactor)
            throws ExecutionException, InterruptedException {
        TopicPlan plan = new TopicPlan();
        var existing = admin.listTopics().names().get();
        for (Topics topic : Topics.values()) {
            int partitions = topic.partitions(eventPartitions);
            if (existing.contains(topic.topicName())) {
                plan.compare(admin, topic, partitions, replicationFactor);
            } else {
                plan.create(topic, partitions, replicationFactor);
            }
        }
        return plan;
    }

    /** The steps, in the catalogue's order; empty when nothing is to do. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Carries the steps out. @throws IllegalStateException if a step is an error; then nothing is changed */
    public void apply(Admin admin) throws ExecutionException, InterruptedException {
        for (Step step : steps) {
            if (step.error()) {
                throw new IllegalStateException(step.topic().topicName() + ": " + step.action());
            }
        }
        admin.createTopics(creations).all().get();
        if (!alterations.isEmpty()) {
            admin.incrementalAlterConfigs(Map.copyOf(alterations)).all().get();
        }
    }

    private void create(Topics topic, int partitions, int replicationFactor) {
        Map<String, String> configuration = wanted(topic, replicationFactor);
        creations.add(new NewTopic(topic.topicName(), partitions, (short) replicationFactor).configs(configuration));
        steps.add(new Step(
                topic,
                "create with " + partitions + " partitions, replication " + replicationFactor + ", " + configuration,
                false));
    }

    private void compare(Admin admin, Topics topic, int partitions, int replicationFactor)
            throws ExecutionException, InterruptedException {
        TopicDescription description = admin.describeTopics(List.of(topic.topicName()))
                .allTopicNames()
                .get()
                .get(topic.topicName());
        if (description.partitions().size() != partitions) {
            steps.add(new Step(
                    topic,
                    "has " + description.partitions().size() + " partitions, wanted " + partitions
                            + "; keys are placed by the count, so it can't be changed in place",
                    true));
        }
        int replicas = description.partitions().get(0).replicas().size();
        if (replicas != replicationFactor) {
            steps.add(new Step(
                    topic,
                    "has replication " + replicas + ", wanted " + replicationFactor
                            + "; reassign the replicas with Kafka's own tool",
                    true));
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        wanted(topic, replicationFactor).forEach((key, value) -> {
            ConfigEntry entry = config.get(key);
            if (entry == null || !value.equals(entry.value())) {
                steps.add(new Step(
                        topic,
                        "set " + key + "=" + value + ", was " + (entry == null ? "unset" : entry.value()),
                        false));
                alterations
                        .computeIfAbsent(resource, r -> new ArrayList<>())
                        .add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
            }
        });
    }

    private static Map<String, String> wanted(Topics topic, int replicationFactor) {
        Map<String, String> configuration = new TreeMap<>(topic.configuration());
        configuration.put("min.insync.replicas", replicationFactor >= 3 ? "2" : "1");
        return configuration;
    }
}
