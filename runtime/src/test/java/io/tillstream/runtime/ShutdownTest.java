package io.tillstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @Test
    void shouldCloseOnceInReverseOrderAlsoWhenOneThrows() throws InterruptedException {
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
        shutdown.add("pool", () -> closed.add("pool"));
        shutdown.add("consumer", () -> {
            throw new IllegalStateException("already closed");
        });
        shutdown.add("server", () -> closed.add("server"));

        shutdown.close();
        shutdown.close();
        shutdown.await();

        assertThat(closed).containsExactly("server", "pool");
        assertThatThrownBy(() -> shutdown.add("late", () -> closed.add("late")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldReturnWhenAPartHangs() {
        CountDownLatch never = new CountDownLatch(1);
        Shutdown shutdown = new Shutdown(Duration.ofMillis(50));
        shutdown.add("pool", () -> closed.add("pool"));
        shutdown.add("consumer", never::await);

        shutdown.close();

        assertThat(closed).isEmpty();
        never.countDown();
    }
}
