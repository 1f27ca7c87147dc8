package io.tillstream.streams.broker;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TopicPlan;
import io.tillstream.schemas.Topics;
import io.tillstream.testcluster.CommittedRecords;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** One cluster for several tests; each gets the catalogue's topics empty. */
public final class FreshTopics implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final List<String> CATALOGUE =
            Arrays.stream(Topics.values()).map(Topics::topicName).toList();

    private final TestCluster cluster;
    private final SchemaRegistryClient registry;
    private final Admin admin;

    private FreshTopics(TestCluster cluster, SchemaRegistryClient registry, Admin admin) {
        this.cluster = cluster;
        this.registry = registry;
        this.admin = admin;
    }

    /** Starts broker and registry and registers the schemas. */
    public static FreshTopics start(Path directory) throws Exception {
        TestCluster cluster = TestCluster.start(directory, Need.REGISTRY);
        FreshTopics topics =
                new FreshTopics(cluster, Registries.connect(cluster.registryUrl()), Admin.create(kafka(cluster)));
        SchemaRegistration.apply(topics.registry);
        return topics;
    }

    /** The catalogue's topics, empty. What a group has committed for them goes with the old ones. */
    public void make(int partitions) throws Exception {
        drop();
        TopicPlan.of(admin, partitions, 1).apply(admin);
        awaitTopics(CATALOGUE);
    }

    /** Takes the catalogue's topics away. Brokers list topics later than the controller knows them, so all are named. */
    public void drop() throws Exception {
        for (KafkaFuture<Void> deleted :
                admin.deleteTopics(CATALOGUE).topicNameValues().values()) {
            try {
                deleted.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        Awaitility.await()
                .atMost(SOON)
                .until(() -> admin.listTopics().names().get().stream().noneMatch(CATALOGUE::contains));
    }

    /** One topic with any number of partitions. */
    public void make(Topics topic, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic.topicName(), partitions, (short) 1)))
                .all()
                .get();
        awaitTopics(List.of(topic.topicName()));
    }

    private void awaitTopics(List<String> names) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> admin.listTopics().names().get().containsAll(names));
    }

    public SchemaRegistryClient registry() {
        return registry;
    }

    public String registryUrl() {
        return cluster.registryUrl();
    }

    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    public Admin admin() {
        return admin;
    }

    /** A producer that waits for every replica and sends whatever it is given. */
    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> besides) {
        Map<String, Object> settings = new HashMap<>(kafka(cluster));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MESSAGE_BYTES_MAX);
        settings.putAll(besides);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** All committed records of a topic, by partition and offset. */
    public List<ConsumerRecord<byte[], byte[]>> read(Topics topic) {
        return CommittedRecords.of(kafka(cluster), topic.topicName());
    }

    private static Map<String, Object> kafka(TestCluster cluster) {
        return Map.of("bootstrap.servers", cluster.bootstrapServers());
    }

    @Override
    public void close() {
        admin.close();
        cluster.close();
    }
}
