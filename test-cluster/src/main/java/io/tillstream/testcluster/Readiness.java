package io.tillstream.testcluster;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.awaitility.Awaitility;

/** Waits until servers answer their own protocol. */
final class Readiness {

    private static final Duration AT_MOST = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(200);

    private Readiness() {}

    static void awaitBrokers(String bootstrapServers, int count) {
        Map<String, Object> client = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(client)) {
            Awaitility.await(count + " broker(s) at " + bootstrapServers)
                    .atMost(AT_MOST)
                    .pollInterval(POLL)
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster()
                                    .nodes()
                                    .get(5, TimeUnit.SECONDS)
                                    .size()
                            == count);
        }
    }

    static void awaitDatabase(String jdbcUrl, String user, String password) {
        Awaitility.await("PostgreSQL at " + jdbcUrl)
                .atMost(AT_MOST)
                .pollInterval(POLL)
                .ignoreExceptions()
                .until(() -> {
                    try (var connection = DriverManager.getConnection(jdbcUrl, user, password)) {
                        return connection.isValid(5);
                    }
                });
    }
}
