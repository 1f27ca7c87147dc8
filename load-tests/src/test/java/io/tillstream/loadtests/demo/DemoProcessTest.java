package io.tillstream.loadtests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillstream.loadtests.Tree;
import io.tillstream.local.Tillstream;
import io.tillstream.testcluster.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a process of its own: killed, started again on the same data, and ended by Ctrl-C. */
class DemoProcessTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String PAYMENTS_FLOW = "   3 s  sent ";
    private static final int SIGNALLED = 128;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the processes' output tells why
    private Path directory;

    private int started;

    @Test
    void shouldGoOnWithItsDataAfterAKillAndEndCleanlyAtCtrlC() throws Exception {
        try (JavaProcess killed = demo()) {
            killed.awaitLine(PAYMENTS_FLOW, LIMIT);
            List<ProcessHandle> children = children(killed);
            assertThat(children).as("registry and PostgreSQL at least").hasSizeGreaterThan(1);
            killed.killHard();
            awaitNobodyLeft(children);
        }
        Path report = directory.resolve("report.json");
        try (JavaProcess ended = demo("--payments", "150", "--report", report.toString())) {
            ended.awaitLine("ALL HOLDS", LIMIT);
            ended.awaitLine("Ctrl-C ends it", LIMIT);
            List<ProcessHandle> children = children(ended);
            int signal = ctrlC(ended);
            assertThat(ended.awaitExit(LIMIT)).isTrue();
            assertThat(ended.exitValue()).isEqualTo(SIGNALLED + signal);
            ended.awaitLine("Stopping", Duration.ZERO);
            awaitNobodyLeft(children);
        }
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.get("run").asText()).as("second run on the same data").isEqualTo("r2");
        assertThat(json.get("lost").asLong() + json.get("doubled").asLong()).isZero();
    }

    private JavaProcess demo(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "demo",
                "--data",
                data().toString(),
                "--tenants",
                Tree.root().resolve("examples/tenants.yaml").toString()));
        arguments.addAll(List.of(more));
        return JavaProcess.start(
                Tillstream.class,
                directory.resolve("demo-" + started++ + ".log"),
                List.of("-Xmx700m", "-Dtillstream.log=plain"),
                arguments.toArray(String[]::new));
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static List<ProcessHandle> children(JavaProcess demo) {
        return ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
    }

    /**
     * A build in the background of a shell ignores SIGINT, and so does all that it starts: then SIGTERM, which goes the same way.
     *
     * @return the signal sent
     */
    private static int ctrlC(JavaProcess demo) throws Exception {
        String ignored = Files.readAllLines(Path.of("/proc/" + demo.pid() + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElseThrow();
        boolean isIgnored = (Long.parseUnsignedLong(ignored, 16) >> (SIGINT - 1) & 1) == 1;
        int signal = isIgnored ? SIGTERM : SIGINT;
        Process kill =
                new ProcessBuilder("sh", "-c", "kill -s " + (isIgnored ? "TERM" : "INT") + " " + demo.pid()).start();
        assertThat(kill.waitFor()).isZero();
        return signal;
    }

    /** Neither a child nor anybody else, like the children's watchers, who has the data directory among its arguments. */
    private void awaitNobodyLeft(List<ProcessHandle> children) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(withOurData()).isEmpty();
        });
    }

    private List<String> withOurData() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) processes::iterator) {
                String arguments = arguments(process.resolve("cmdline"));
                if (arguments.contains(data().toString())) {
                    found.add(process + " " + arguments.replace('\0', ' '));
                }
            }
        }
        return found;
    }

    private static String arguments(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            return ""; // ended between the list and the look
        }
    }
}
