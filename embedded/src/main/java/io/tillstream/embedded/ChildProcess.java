package io.tillstream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that does not outlive this one. Its output goes to a file.
 *
 * <p>A shell first leaves a watcher behind, which blocks on the pipe from this JVM and signals the child when the pipe
 * closes, and then becomes the command, so that the pid stays. A shutdown hook would come too early (before the hooks of
 * those who still use the server) or, after a SIGKILL, never. Child and watcher get sessions of their own where
 * {@code setsid} exists: a Ctrl-C at the terminal reaches only this JVM, which then stops things in its own order, and
 * whoever ends this JVM's whole process group does not end the watcher.
 */
public final class ChildProcess implements AutoCloseable {

    private static final String WATCH_AND_RUN = """
            signal=$1; shift
            exec 3<&0 </dev/null
            own=; if command -v setsid >/dev/null 2>&1; then own=setsid; fi
            watch='cat <&3 >/dev/null; kill -s "$0" "$1"'
            ( trap '' HUP INT TERM; $own sh -c "$watch" "$signal" $$ >/dev/null 2>&1 & )
            exec 3<&-
            exec $own "$@"
            """;
    private static final int TAIL_LINES = 30;
    private static final int TAIL_BYTES_MAX = 64 * 1024;

    private final Process process;
    private final Path log;
    private final String gentleSignal;

    private ChildProcess(Process process, Path log, String gentleSignal) {
        this.process = process;
        this.log = log;
        this.gentleSignal = gentleSignal;
    }

    /**
     * Starts a command.
     *
     * @param command program and arguments
     * @param environment added to this process's environment
     * @param log gets standard output and error, appended
     * @param gentleSignal what tells this program to shut down cleanly: TERM for a JVM, INT for PostgreSQL
     */
    public static ChildProcess start(
            List<String> command, Map<String, String> environment, Path log, String gentleSignal) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", WATCH_AND_RUN, "sh", gentleSignal));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(builder.start(), log, gentleSignal);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit value, 128 + n after signal n. @throws IllegalThreadStateException while it runs */
    public int exitValue() {
        return process.exitValue();
    }

    /** Waits for the end. @return false when it still runs after that time */
    public boolean awaitExit(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for process " + pid(), e);
        }
    }

    /** Asks for a clean shutdown and waits for it. @return false when it still runs after that time */
    public boolean stop(Duration atMost) {
        if (!process.isAlive()) {
            return true;
        }
        signal(pid(), gentleSignal);
        return awaitExit(atMost);
    }

    /** SIGKILL, and waits until the process is gone. */
    public void killHard() {
        process.destroyForcibly();
        if (!awaitExit(Duration.ofSeconds(30))) {
            throw new IllegalStateException("process " + pid() + " is there 30 s after SIGKILL");
        }
    }

    /** A clean shutdown within a minute, else SIGKILL. */
    @Override
    public void close() {
        if (!stop(Duration.ofMinutes(1))) {
            killHard();
        }
    }

    /** The file that gets this process's output. */
    public Path log() {
        return log;
    }

    /** The last lines of the output, for error messages. */
    public String logTail() {
        return tail(log);
    }

    static String tail(Path log) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES_MAX));
            byte[] bytes = java.nio.channels.Channels.newInputStream(channel).readAllBytes();
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e + ")";
        }
    }

    /** Sends a signal by the shell's own kill, which every POSIX machine has; Java itself knows only TERM and KILL. */
    static void signal(long pid, String signal) {
        try {
            // The result does not matter: a process that has just gone is what the signal was for.
            new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + pid + " 2>/dev/null")
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling process " + pid, e);
        }
    }

    /** Whether this process runs and its command line contains the mark that we gave it: only then is it ours to stop. */
    static boolean isOurs(long pid, String mark) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().commandLine())
                .filter(line -> line.contains(mark))
                .isPresent();
    }

    /** Stops a process left by an earlier run, gently and then by SIGKILL. The caller has proven that it is ours. */
    static void stopStale(long pid, String gentleSignal, Duration atMost) {
        ProcessHandle.of(pid).ifPresent(handle -> {
            signal(pid, gentleSignal);
            if (!awaitEnd(handle, atMost)) {
                handle.destroyForcibly();
                awaitEnd(handle, Duration.ofSeconds(30));
            }
        });
    }

    private static boolean awaitEnd(ProcessHandle handle, Duration atMost) {
        try {
            handle.onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException late) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + handle.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for process " + handle.pid(), e);
        }
    }
}
