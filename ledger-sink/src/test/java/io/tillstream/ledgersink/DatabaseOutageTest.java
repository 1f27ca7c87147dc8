package io.tillstream.ledgersink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.settlement.files.LineEnd;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.JournalTopic;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TestEvent;
import io.tillstream.runtime.Secret;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is stopped in the middle, and comes back. */
@Tag("cluster")
final class DatabaseOutageTest {
    private static final int PARTITIONS = LedgerCluster.PARTITIONS;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final JournalScript script = new JournalScript(Storing.journalCodec(), PARTITIONS);
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-02T16:00:00Z"), ZoneOffset.UTC);
    private int payments;

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingAndComeBackByItselfWhenTheDatabaseIsAway() throws SQLException {
        LedgerCluster.freshTopics();
        script.terms("ada", LocalDate.of(2026, 3, 2));
        try (TestCluster postgres = TestCluster.start(directory.resolve("cluster"), Need.DATABASE);
                JournalTopic topic = new JournalTopic();
                LedgerSink sink = LedgerSink.start(settings(postgres), clock, reason -> {})) {
            Awaitility.await().atMost(LIMIT).until(() -> isReady(sink));
            for (int i = 0; i < 2; i++) {
                pay();
                topic.write(script, PARTITIONS);
                postgres.stopDatabase();
                Awaitility.await().atMost(LIMIT).until(() -> !isReady(sink));
                assertThat(sink.health().liveReport().isUp()).isTrue();
                pay();
                topic.write(script, PARTITIONS);
                postgres.startDatabase();
                Awaitility.await().atMost(LIMIT).until(() -> isReady(sink) && sink.lag() == 0);
            }
            try (LedgerCommands commands = LedgerCommands.open(settings(postgres), clock)) {
                Awaitility.await().atMost(LIMIT).until(() -> commands.verify().databaseEntries() == script.size());
                assertThat(commands.verify().findings()).isEmpty();
            }
        }
    }

    private static boolean isReady(LedgerSink sink) {
        return sink.health().readyReport().isUp();
    }

    private void pay() {
        for (int i = 0; i < 500; i++) {
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

    private LedgerSinkSettings settings(TestCluster postgres) {
        Optional<Secret> password = Optional.of(postgres.databasePassword())
                .filter(text -> !text.isBlank())
                .map(Secret::of);
        return new LedgerSinkSettings(
                LedgerCluster.kafka(),
                LedgerCluster.registryUrl(),
                new DatabaseSettings(postgres.jdbcUrl(), postgres.databaseUser(), password, 8),
                1,
                100,
                Duration.ofMillis(20),
                Duration.ofSeconds(6),
                directory.resolve("files"),
                LineEnd.LF,
                DeliverySettings.none(),
                Duration.ofMillis(100),
                true,
                Duration.ofMillis(100),
                Optional.empty(),
                "127.0.0.1",
                0);
    }
}
