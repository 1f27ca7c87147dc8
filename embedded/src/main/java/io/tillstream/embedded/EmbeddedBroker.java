package io.tillstream.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker that is its own KRaft controller, in this JVM, with its data in a directory.
 *
 * <p>Made for a small machine: few threads, few internal partitions, replication factor 1. Topics are never created by use:
 * the topic catalogue creates them.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int NODE_ID = 1;
    private static final String CONTROLLER = "CONTROLLER";
    private static final short TRANSACTION_VERSION_MIN = 2;
    private static final long READY_SECONDS_MAX = 60;

    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final String bootstrapServers;

    private EmbeddedBroker(KafkaRaftServer server, DirectoryLock lock, String bootstrapServers) {
        this.server = server;
        this.lock = lock;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker and waits until it answers. A new directory is formatted; an old one is continued.
     *
     * @param preferredPort 0 or a taken port mean: the port of the last run in this directory, else any free one
     * @throws IllegalStateException where the broker does not come up, another one uses the directory, or the data is of a
     *     version whose transactions are too old for exactly-once here (transaction.version below 2)
     */
    public static EmbeddedBroker start(Path dataDirectory, int preferredPort) {
        try {
            Path logs = Files.createDirectories(dataDirectory.toAbsolutePath().resolve("kafka"));
            DirectoryLock lock = DirectoryLock.take(dataDirectory);
            try {
                return start(logs, new PortBook(dataDirectory), preferredPort, lock);
            } catch (Exception e) {
                lock.close();
                throw e;
            }
        } catch (Exception e) {
            throw new IllegalStateException("the broker in " + dataDirectory + " did not start: " + e.getMessage(), e);
        }
    }

    private static EmbeddedBroker start(Path logs, PortBook ports, int preferredPort, DirectoryLock lock)
            throws Exception {
        int port = ports.choose("broker", preferredPort);
        int controllerPort = ports.choose("controller", 0);
        Properties settings = settings(logs, port, controllerPort);
        if (Files.exists(logs.resolve("meta.properties"))) {
            LastRegistration.end(settings, NODE_ID, "127.0.0.1:" + controllerPort);
        } else {
            format(logs);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
            requireTransactions("127.0.0.1:" + port);
        } catch (Exception e) {
            server.shutdown();
            throw e;
        }
        return new EmbeddedBroker(server, lock, "127.0.0.1:" + port);
    }

    /** As an own process: arguments are the data directory and the preferred port; prints READY and the address. */
    public static void main(String[] args) {
        if (args.length != 2) {
            throw new IllegalArgumentException("expected: data-directory port");
        }
        EmbeddedBroker broker = start(Path.of(args[0]), Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
        System.out.println("READY " + broker.bootstrapServers());
        broker.server.awaitShutdown();
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** A clean shutdown: segments are flushed, and the next start has nothing to recover. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        lock.close();
    }

    private static void requireTransactions(String bootstrapServers) throws Exception {
        Map<String, Object> client = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(client)) {
            FinalizedVersionRange version = admin.describeFeatures()
                    .featureMetadata()
                    .get(READY_SECONDS_MAX, TimeUnit.SECONDS)
                    .finalizedFeatures()
                    .get("transaction.version");
            if (version == null || version.maxVersionLevel() < TRANSACTION_VERSION_MIN) {
                throw new IllegalStateException("transaction.version is " + version + ", needed is 2 or more: "
                        + "upgrade the features of this data directory");
            }
        }
    }

    private static void format(Path logs) throws Exception {
        Formatter formatter = new Formatter();
        formatter.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        formatter.setClusterId(Uuid.randomUuid().toString());
        formatter.setNodeId(NODE_ID);
        formatter.addDirectory(logs.toString());
        formatter.setMetadataLogDirectory(logs.toString());
        formatter.setControllerListenerName(CONTROLLER);
        formatter.setReleaseVersion(MetadataVersion.latestProduction());
        formatter.run();
    }

    private static Properties settings(Path logs, int port, int controllerPort) throws IOException {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("log.dirs", logs.toString());
        settings.load(EmbeddedBroker.class.getResourceAsStream("broker.properties"));
        return settings;
    }
}
