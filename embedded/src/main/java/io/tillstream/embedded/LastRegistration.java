package io.tillstream.embedded;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.utils.Time;

/**
 * Ends the broker's registration of its last run before it starts again: for a moment the controller runs alone and is told
 * that the broker has left.
 *
 * <p>Without this, Kafka 4.3.1 loses committed transactions when the only broker was killed (KAFKA-20734, seen here in every
 * try): it starts, believes itself still leader, loads the transactions whose commit markers were not written yet, waits
 * for its old session to expire, sees its partitions without a leader for an instant, takes them for deleted, and marks the
 * transactions complete without ever writing the markers. Consumers that read committed then stop there forever. After
 * this step the partitions have no leader from the beginning, and transactions are loaded only when all have one again.
 */
final class LastRegistration {

    private static final long ANSWER_SECONDS_MAX = 60;
    private static final long BETWEEN_TRIES_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private LastRegistration() {}

    /** @param settings the broker's own; the directory is formatted and not in use */
    static void end(Properties settings, int nodeId, String controller) throws Exception {
        Properties alone = new Properties();
        alone.putAll(settings);
        alone.put("process.roles", "controller");
        alone.put("listeners", "CONTROLLER://" + controller);
        alone.remove("advertised.listeners");
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(alone, false), Time.SYSTEM);
        server.startup();
        try {
            unregister(nodeId, controller);
        } finally {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static void unregister(int nodeId, String controller) throws Exception {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS_MAX);
        while (!isUnregistered(nodeId, controller, giveUpAt)) {
            LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        }
    }

    /** @return false if the controller can't tell yet; a new client asks again, because a client keeps what it was told */
    private static boolean isUnregistered(int nodeId, String controller, long giveUpAt) throws Exception {
        Map<String, Object> client = Map.of(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, controller);
        try (Admin admin = Admin.create(client)) {
            admin.unregisterBroker(nodeId).all().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            // It was killed before it had registered, perhaps by the last run of this very step.
            if (e.getCause() instanceof BrokerIdNotRegisteredException) {
                return true;
            }
            if (isNotReady(e.getCause()) && System.nanoTime() < giveUpAt) {
                return false;
            }
            throw e;
        }
    }

    /**
     * A controller is elected anew where it had to wait for the processor, and knows no metadata version, hence takes no direct
     * client, until it has loaded its log.
     */
    private static boolean isNotReady(Throwable answer) {
        return answer instanceof RetriableException || answer instanceof UnsupportedVersionException;
    }
}
