package io.tillstream.loadtests.bench.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What processes have used of the machine, from Linux' /proc.
 *
 * @param cpuSeconds user and system time since their start
 * @param peakBytes sum of their largest resident sets
 */
public record Usage(double cpuSeconds, long peakBytes) {
    /** Clock ticks of /proc/PID/stat, which Linux fixes at 100 for user space (USER_HZ). */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11; // after the command's closing bracket
    private static final int SYSTEM_TICKS = 12;

    /** Of one process. */
    public static Usage of(long pid) {
        return of(Set.of(pid));
    }

    /** Of several together; those that have ended count nothing. */
    public static Usage of(Collection<Long> pids) {
        double cpu = 0;
        long peak = 0;
        for (long pid : pids) {
            Path directory = Path.of("/proc", Long.toString(pid));
            cpu += cpuSeconds(read(directory.resolve("stat")));
            peak += peakBytes(read(directory.resolve("status")));
        }
        return new Usage(cpu, peak);
    }

    private static double cpuSeconds(List<String> stat) {
        if (stat.isEmpty()) {
            return 0;
        }
        String line = stat.get(0);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
    }

    private static long peakBytes(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return List.of(); // the process has ended between listing and reading
        }
    }
}
