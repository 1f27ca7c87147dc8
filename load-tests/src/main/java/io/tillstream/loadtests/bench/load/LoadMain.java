package io.tillstream.loadtests.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;

/** A load in a process of its own: {@code LoadMain SETTINGS-FILE}. */
public final class LoadMain {
    private LoadMain() {}

    /** Ends when the load has, its findings written. */
    public static void main(String[] arguments) throws IOException {
        LoadSettings settings = LoadSettings.read(Path.of(arguments[0]));
        Load load = new Load(settings);
        System.out.println(Load.STARTED);
        load.run();
        load.log().write(settings.acceptedFile());
        Map<String, Object> found = load.tally().asMap();
        found.put("generatorCpuSeconds", cpuSeconds());
        new ObjectMapper().writeValue(settings.resultFile().toFile(), found);
        System.out.println("DONE");
    }

    private static double cpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : 0;
    }
}
