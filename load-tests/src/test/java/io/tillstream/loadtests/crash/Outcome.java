package io.tillstream.loadtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.database.Database;
import io.tillstream.ledgersink.reconciliation.Verification;
import io.tillstream.ledgersink.reconciliation.Verify;
import io.tillstream.loadtests.check.JournalCheck;
import io.tillstream.loadtests.check.JournalReport;
import io.tillstream.loadtests.workload.Expected;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Registries;
import io.tillstream.testcluster.JavaProcess;
import io.tillstream.testcluster.TestCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Waits until all that was sent is through, then holds journal, database and files against it. */
final class Outcome {
    private static final Duration THROUGH_MAX = Duration.ofMinutes(3);
    private static final int FORMATS = 2;

    private final TestCluster cluster;
    private final Expected expected;
    private final long marks;
    private final long batches;
    private final Path files;

    /**
     * @param marks entries beside the events: terms and closes
     * @param batches that the closes make
     * @param files where the sink writes
     */
    Outcome(TestCluster cluster, Expected expected, long marks, long batches, Path files) {
        this.cluster = cluster;
        this.expected = expected;
        this.marks = marks;
        this.batches = batches;
        this.files = files;
    }

    void assertExact(String seed) throws SQLException {
        try (Database database = openDatabase()) {
            awaitCount(database, "SELECT count(*) FROM ledger.entries", expected.accepted() + marks, seed);
            awaitCount(
                    database,
                    "SELECT count(*) FROM ledger.refusals WHERE reason IN ('DUPLICATE', 'CONFLICTING_DUPLICATE')",
                    expected.repeats(),
                    seed);
            JournalReport journal = JournalCheck.of(Map.of("bootstrap.servers", cluster.bootstrapServers()), expected);
            assertThat(journal.isExact()).as("%s: %s", seed, journal).isTrue();
            assertThat(journal)
                    .as(seed)
                    .returns(expected.accepted() + marks, JournalReport::entries)
                    .returns(expected.capturedTotal(), JournalReport::capturedTotal)
                    .returns(expected.refundedTotal(), JournalReport::refundedTotal);
            awaitCount(
                    database,
                    "SELECT count(*) FROM settlement.batches WHERE state IN ('WRITTEN', 'DELIVERED', 'FUNDED')",
                    batches,
                    seed);
            Verification verification = verify(database);
            assertThat(verification.findings()).as(seed).isEmpty();
            assertThat(verification.databaseEntries()).as(seed).isEqualTo(verification.journalEntries());
            assertThat(verification.batches()).as(seed).isEqualTo(batches);
            assertThat(verification.files()).as(seed).isEqualTo(batches * FORMATS);
        }
    }

    private Verification verify(Database database) throws SQLException {
        KafkaSettings kafka = KafkaSettings.of(Map.of("bootstrap.servers", cluster.bootstrapServers()));
        return new Verify(kafka, Registries.connect(cluster.registryUrl()), database, Optional.of(files)).run();
    }

    Database openDatabase() {
        return Database.open(cluster.jdbcUrl(), cluster.databaseUser(), cluster.databasePassword(), 4);
    }

    static void awaitCount(Database database, String query, long wanted, String seed) {
        Awaitility.await(seed + ": " + query)
                .atMost(THROUGH_MAX)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(count(database, query)).isEqualTo(wanted));
    }

    /** Waits until new rows come into the database. */
    static void awaitProgress(Database database, long rows, String what) {
        String query = "SELECT count(*) FROM ledger.entries";
        long[] start = {-1};
        Awaitility.await(what)
                .atMost(THROUGH_MAX)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    long now = count(database, query);
                    start[0] = start[0] < 0 ? now : start[0];
                    return now >= start[0] + rows;
                });
    }

    /** Waits until the load has written so many more events: the time that a server stays away, told by the load's clock. */
    static void awaitWritten(Load load, long events) {
        long start = load.written();
        Awaitility.await("the load goes on").atMost(THROUGH_MAX).until(() -> load.written() >= start + events);
    }

    /** None of the processes may have died of what its server did. */
    static void assertAlive(JavaProcess... processes) {
        for (JavaProcess process : processes) {
            assertThat(process.isAlive()).as(process.output().toString()).isTrue();
        }
    }

    static long count(Database database, String query) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET tillstream.tenant = '*'");
            try (ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
