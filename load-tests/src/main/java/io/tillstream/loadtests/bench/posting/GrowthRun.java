package io.tillstream.loadtests.bench.posting;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** Starts {@link GrowthMain}. */
final class GrowthRun {
    private static final Duration MAX = Duration.ofMinutes(10);

    private GrowthRun() {}

    static Growth run(Place place, long payments) {
        Path found = place.directory().resolve("growth.json");
        JvmPlan plan = JvmPlan.of(GrowthMain.class, place.heapMegabytes());
        try (JvmProcess process =
                JvmProcess.start("growth", plan, place.directory(), Long.toString(payments), found.toString())) {
            process.awaitSuccess(MAX);
            return new ObjectMapper().readValue(found.toFile(), Growth.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
