package io.tillstream.ledgersink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.reconciliation.Verification;
import io.tillstream.ledgersink.reconciliation.Verify;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.JournalTopic;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TestEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Topics;
import io.tillstream.testcluster.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink as a process of its own, killed at random moments under load. */
@Tag("cluster")
final class SinkKillTest {
    private static final int PARTITIONS = LedgerCluster.PARTITIONS;
    private static final int KILLS = 5;
    private static final String ROWS = "SELECT count(*) FROM ledger.entry";
    private static final int ENTRIES_A_ROUND = 3000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final JournalScript script = new JournalScript(Storing.journalCodec(), PARTITIONS);
    private int payments;

    @TempDir
    private Path directory;

    @Test
    void shouldStoreEachEntryOnceWhenItIsKilledAgainAndAgain() throws SQLException, IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LedgerCluster.freshTopics();
        script.terms("ada", LocalDate.of(2026, 3, 2));
        try (Ledger ledger = LedgerCluster.freshLedger();
                JournalTopic topic = new JournalTopic()) {
            Path settings = settings(ledger);
            for (int i = 0; i < KILLS; i++) {
                pay();
                topic.write(script, PARTITIONS);
                killWhileItStores(ledger, settings, random);
            }
            try (JavaProcess last = start(settings)) {
                awaitRows(ledger, script.size(), last);
                assertThat(last.isAlive()).isTrue();
            }
            Verification verification = new Verify(
                            LedgerCluster.kafka(), LedgerCluster.schemas(), ledger.database(), Optional.empty())
                    .run();
            assertThat(verification.findings()).as("seed %d", seed).isEmpty();
            assertThat(verification.databaseEntries()).isEqualTo(script.size());
        }
    }

    /** The journal begins with its second entry: the process ends by itself, with 1, and stores nothing of that partition. */
    @Test
    void shouldEndTheProcessWhenTheJournalIsBroken() throws IOException {
        LedgerCluster.freshTopics();
        script.terms("ada", LocalDate.of(2026, 3, 2));
        pay();
        try (Ledger ledger = LedgerCluster.freshLedger();
                JournalTopic topic = new JournalTopic()) {
            topic.write(Topics.JOURNAL, 1, script.values(1).subList(1, 3));
            try (JavaProcess sink = start(settings(ledger))) {
                assertThat(sink.awaitExit(LIMIT)).as(sink.output().toString()).isTrue();
                assertThat(sink.exitValue()).isEqualTo(1);
                assertThat(sink.output()).content().contains("sequence 0 expected");
            }
            assertThat(rows(ledger)).isZero();
        }
    }

    /** Not before it has stored something new, and not after it has stored everything. */
    private void killWhileItStores(Ledger ledger, Path settings, Random random) {
        long before = rows(ledger);
        try (JavaProcess sink = start(settings)) {
            awaitRows(ledger, before + 1 + random.nextInt(ENTRIES_A_ROUND / 2), sink);
            sink.killHard();
        }
    }

    private void pay() {
        for (int i = 0; i < ENTRIES_A_ROUND; i++) {
            payments++;
            script.record(
                    payments % PARTITIONS,
                    TestEvent.event("ada", PaymentEventType.CAPTURED, payments, payments, 100),
                    "clearing:acme",
                    "clearing:acme",
                    100L,
                    "unapplied",
                    -100L);
        }
    }

    private JavaProcess start(Path settings) {
        return JavaProcess.start(
                LedgerSinkMain.class,
                directory.resolve("sink.log"),
                // Nobody reads its output but when it fails; then it has to tell where it stood.
                List.of("-Xmx256m", "-Dtillstream.log.level=INFO"),
                settings.toString());
    }

    private Path settings(Ledger ledger) throws IOException {
        return Files.writeString(
                directory.resolve("sink.conf"),
                String.join(
                        "\n",
                        "kafka.bootstrap.servers = \"" + LedgerCluster.kafka().bootstrapServers() + "\"",
                        "registry.url = \"" + LedgerCluster.registryUrl() + "\"",
                        "database { url = \"" + ledger.url() + "\", user = \"" + LedgerCluster.user() + "\" }",
                        LedgerCluster.secret()
                                .map(secret -> "database.password = \"" + secret.reveal() + "\"")
                                .orElse(""),
                        "files.directory = \"" + directory.resolve("files") + "\"",
                        // Small transactions, so that a kill meets one.
                        "poll.records.max = 50",
                        "group.session.timeout = 6s",
                        "ops.port = 0"));
    }

    /** A sink that ends by itself, or stores nothing more, is shown with its last lines and the database's sessions. */
    private static void awaitRows(Ledger ledger, long count, JavaProcess sink) {
        long giveUpAt = System.nanoTime() + LIMIT.toNanos();
        try (Connection observer = LedgerCluster.superuser(ledger.url())) {
            Awaitility.await()
                    .forever()
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> rows(observer) >= count || !sink.isAlive() || System.nanoTime() > giveUpAt);
            assertThat(rows(observer))
                    .as(() -> sink.outputEnd() + "\n" + String.join("\n", sessions(ledger)))
                    .isGreaterThanOrEqualTo(count);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> sessions(Ledger ledger) {
        return ledger.rows("SELECT pid, state, wait_event_type, wait_event, query FROM pg_stat_activity"
                + " WHERE datname = current_database()");
    }

    private static long rows(Ledger ledger) {
        return Long.parseLong(ledger.value(ROWS));
    }

    private static long rows(Connection connection) throws SQLException {
        return Long.parseLong(Ledger.rows(connection, ROWS).get(0));
    }
}
