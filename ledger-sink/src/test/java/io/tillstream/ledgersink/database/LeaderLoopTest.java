package io.tillstream.ledgersink.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.database.LeaderLoop.Status;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a leader's thread does when its work fails, and when it dies. */
@Tag("cluster")
final class LeaderLoopTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private final List<String> faults = new CopyOnWriteArrayList<>();
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = LedgerCluster.freshLedger();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldTryAgainWhenARoundFails() {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        try (LeaderLoop loop = start(() -> {
            if (isBroken.get()) {
                throw new ArithmeticException("long overflow");
            }
        })) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> loop.status().equals(new Status(true, "ArithmeticException: long overflow")));
            isBroken.set(false);
            Awaitility.await().atMost(LIMIT).until(() -> loop.status().equals(new Status(true, "")));
            assertThat(loop.isAlive()).isTrue();
            assertThat(faults).isEmpty();
        }
    }

    @Test
    void shouldSayThatItDiedWhenTheVirtualMachineFailsIt() {
        try (LeaderLoop loop = start(() -> {
            throw new OutOfMemoryError("Java heap space");
        })) {
            assertDied(loop, "died of OutOfMemoryError: Java heap space");
        }
    }

    @Test
    void shouldSayThatItDiedWhenItIsInterrupted() {
        try (LeaderLoop loop = start(() -> Thread.currentThread().interrupt())) {
            assertDied(loop, "died of InterruptedException: null");
        }
    }

    private void assertDied(LeaderLoop loop, String reason) {
        Awaitility.await().atMost(LIMIT).until(() -> !loop.isAlive());
        assertThat(loop.status()).isEqualTo(new Status(false, reason));
        assertThat(faults).containsExactly("leader-test " + reason);
    }

    @Test
    void shouldEndAndFreeItsLockWhenItIsHalted() {
        AtomicInteger rounds = new AtomicInteger();
        try (LeaderLoop first = start(rounds::incrementAndGet)) {
            Awaitility.await().atMost(LIMIT).until(() -> rounds.get() > 0);
            first.halt();
            try (LeaderLoop second = start(() -> {})) {
                Awaitility.await().atMost(LIMIT).until(() -> second.status().leads());
                assertThat(first.status()).isEqualTo(new Status(false, ""));
                assertThat(first.isAlive()).isTrue(); // it was told to
            }
        }
        assertThat(faults).isEmpty();
    }

    private LeaderLoop start(LeaderLoop.Task task) {
        return LeaderLoop.start("leader-test", ledger.database(), INTERVAL, task, faults::add);
    }
}
