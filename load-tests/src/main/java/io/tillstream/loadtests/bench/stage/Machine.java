package io.tillstream.loadtests.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The machine and the commit that a result belongs to. */
public record Machine(
        int cores, String processor, long memoryMegabytes, String kernel, String java, String commit, boolean changed) {

    /** This machine; {@code home} is the working tree. */
    public static Machine here(Path home) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                after("/proc/cpuinfo", "model name"),
                Long.parseLong(after("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                git(home, "rev-parse", "HEAD"),
                !git(home, "status", "--porcelain", "--untracked-files=no").isEmpty());
    }

    private static String after(String file, String key) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse("0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String git(Path home, String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = home.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        try {
            Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            boolean ended = git.waitFor(30, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 ? output : "unknown";
        } catch (IOException e) {
            return "unknown"; // git is not needed for measuring
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking git", e);
        }
    }
}
