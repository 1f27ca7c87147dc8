package io.tillstream.loadtests.bench.stage;

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
import java.util.concurrent.locks.LockSupport;

/** A running JVM, stopped by its pid. It does not outlive the benchmark. */
public final class JvmProcess implements AutoCloseable {
    private static final long POLL_NANOS = 10_000_000;

    private final String name;
    private final ChildProcess process;

    private JvmProcess(String name, ChildProcess process) {
        this.name = name;
        this.process = process;
    }

    /** Starts it; its output goes to {@code directory/name.log}. */
    public static JvmProcess start(String name, JvmPlan plan, Path directory, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(plan.options());
        command.addAll(List.of("-cp", plan.classPath(), plan.main()));
        command.addAll(List.of(arguments));
        return new JvmProcess(name, ChildProcess.start(command, Map.of(), directory.resolve(name + ".log"), "TERM"));
    }

    /**
     * Waits for a line of output.
     *
     * @return the first line that begins with the text
     * @throws IllegalStateException with the end of the output if the process ends before, or time is up
     */
    public String awaitLine(String begins, Duration atMost) {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < giveUpAt) {
            boolean alive = process.isAlive();
            Optional<String> line = find(begins);
            if (line.isPresent()) {
                return line.get();
            }
            if (!alive) {
                break;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IllegalStateException(name + " did not print \"" + begins + "\":\n" + process.logTail());
    }

    private Optional<String> find(String begins) {
        try (var lines = Files.lines(process.log())) {
            return lines.filter(line -> line.startsWith(begins)).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException with the end of the output if it has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + process.logTail());
        }
    }

    /** Whether its output has a line with the text so far. */
    public boolean hasSaid(String text) {
        try (var lines = Files.lines(process.log())) {
            return lines.anyMatch(line -> line.contains(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for the end by itself. @throws IllegalStateException if it does not end well in time */
    public void awaitSuccess(Duration atMost) {
        if (!process.awaitExit(atMost) || process.exitValue() != 0) {
            throw new IllegalStateException(
                    name + (process.isAlive() ? " still runs" : " failed") + ":\n" + process.logTail());
        }
    }

    /** SIGKILL; returns when it is gone. */
    public void killHard() {
        process.killHard();
    }

    @Override
    public void close() {
        process.close();
    }
}
