package io.tillstream.testcluster;

import io.tillstream.embedded.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A main class of the test's class path in a JVM of its own, for tests that kill it. It does not outlive the test's JVM.
 */
public final class JavaProcess implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final ChildProcess process;
    private final String name;

    private JavaProcess(ChildProcess process, String name) {
        this.process = process;
        this.name = name;
    }

    /**
     * Starts it; does not wait for anything.
     *
     * @param output file that gets standard output and error, appended
     * @param jvmOptions for example -Xmx256m; system properties of this JVM that begin with "tillstream." are passed on
     */
    public static JavaProcess start(Class<?> main, Path output, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        System.getProperties().stringPropertyNames().stream()
                .filter(property -> property.startsWith("tillstream."))
                .forEach(property -> command.add("-D" + property + "=" + System.getProperty(property)));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new JavaProcess(ChildProcess.start(command, Map.of(), output, "TERM"), main.getSimpleName());
    }

    /**
     * Waits until a line of the output contains the text.
     *
     * @return the first such line
     * @throws IllegalStateException with the end of the output where the process ends before that, or time is up
     */
    public String awaitLine(String text, Duration atMost) {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        Awaitility.await()
                .atMost(atMost.plusSeconds(5))
                .pollInterval(POLL)
                .until(() -> find(text).isPresent() || !process.isAlive() || System.nanoTime() > giveUpAt);
        return find(text)
                .orElseThrow(() ->
                        new IllegalStateException("no line with \"" + text + "\" in " + atMost + ": " + outputEnd()));
    }

    private Optional<String> find(String text) {
        try (var lines = Files.lines(process.log())) {
            return lines.filter(line -> line.contains(text)).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IllegalThreadStateException while it runs */
    public int exitValue() {
        return process.exitValue();
    }

    /** Waits for the end by itself. @return false when it still runs after that time */
    public boolean awaitExit(Duration atMost) {
        return process.awaitExit(atMost);
    }

    /** The file with its output. */
    public Path output() {
        return process.log();
    }

    /** Whether it runs, and its last lines. */
    public String outputEnd() {
        return name + (isAlive() ? " runs" : " has ended with " + exitValue()) + "; its output ends:\n"
                + process.logTail();
    }

    /** SIGKILL; returns when it is gone. */
    public void killHard() {
        process.killHard();
    }

    /** SIGTERM and, after a minute, SIGKILL; returns when it is gone. */
    public void stop() {
        process.close();
    }

    @Override
    public void close() {
        stop();
    }
}
