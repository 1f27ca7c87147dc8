package io.tillstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildProcessTest {

    @TempDir
    Path directory;

    /** TERM to the group is what timeout(1) does, KILL to the group what a build server does. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            SIGNAL, WHOLE_GROUP
            KILL,   false
            KILL,   true
            TERM,   true
            """)
    void shouldEndWhenItsParentIsEnded(String signal, boolean wholeGroup) throws Exception {
        Path pidFile = directory.resolve("grandchild.pid");
        ChildProcess parent = ChildProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        pidFile.toString()),
                Map.of(),
                directory.resolve("parent.log"),
                "TERM");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pidFile));
        ProcessHandle grandchild =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
        assertThat(grandchild.isAlive()).isTrue();
        String target = (wholeGroup ? "-" : "") + parent.pid();
        new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- " + target)
                .start()
                .waitFor();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !grandchild.isAlive());
    }

    @Test
    void shouldGiveOutputAndExitValueWhenItEndsByItself() {
        Path log = directory.resolve("out");
        ChildProcess child = ChildProcess.start(
                List.of("sh", "-c", "echo $GREETING; exit 3"), Map.of("GREETING", "hello"), log, "TERM");
        assertThat(child.awaitExit(Duration.ofSeconds(10))).isTrue();
        assertThat(child.exitValue()).isEqualTo(3);
        assertThat(child.logTail()).isEqualTo("hello");
    }

    /** A process that starts one of its own, writes down its id and then waits to be killed. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            Path pidFile = Path.of(args[0]);
            ChildProcess child =
                    ChildProcess.start(List.of("sleep", "600"), Map.of(), pidFile.resolveSibling("child.log"), "TERM");
            Path incomplete = pidFile.resolveSibling("incomplete");
            Files.writeString(incomplete, Long.toString(child.pid()));
            Files.move(incomplete, pidFile);
            child.awaitExit(Duration.ofMinutes(10));
        }
    }
}
