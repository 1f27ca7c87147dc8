package io.tillstream.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path directory;

    @Test
    void shouldRunUntilItIsKilled() {
        JavaProcess process = start("10");
        assertThat(process.awaitLine("READY", SOON)).isEqualTo("READY 10 64m");
        process.killHard();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.exitValue()).isEqualTo(KILLED);
        assertThat(process.output()).content().doesNotContain("BYE");
    }

    @Test
    void shouldRunItsShutdownHookWhenItIsStopped() {
        JavaProcess process = start("10");
        process.awaitLine("READY", SOON);
        process.stop();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        assertThat(process.output()).content().contains("BYE");
    }

    @Test
    void shouldSayWhatItPrintedWhenItEndsBeforeTheLine() {
        JavaProcess process = start("fail");
        assertThatThrownBy(() -> process.awaitLine("READY", SOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no line with \"READY\"")
                .hasMessageContaining("has ended with 1")
                .hasMessageContaining("NumberFormatException");
    }

    private JavaProcess start(String argument) {
        return JavaProcess.start(
                Program.class, directory.resolve("output"), List.of("-Xmx64m", "-Dheap=64m"), argument);
    }

    static final class Program {
        public static void main(String[] args) throws InterruptedException {
            int number = Integer.parseInt(args[0]);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("BYE")));
            System.out.println("READY " + number + " " + System.getProperty("heap"));
            new CountDownLatch(1).await();
        }
    }
}
