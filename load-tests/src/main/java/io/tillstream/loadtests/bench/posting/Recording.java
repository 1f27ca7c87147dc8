package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.plot.FlameGraph;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** The JDK's flight recorder in a process: where its Java threads are, every ten milliseconds each. Waiting in the kernel is not seen. */
final class Recording {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final int DEPTH_MAX = 256;

    private final Path file;

    /** @param file is written when the process ends */
    Recording(Path file) {
        this.file = file;
    }

    /** The plan with the recorder on. */
    JvmPlan of(JvmPlan plan) {
        return plan.with(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+DebugNonSafepoints",
                "-XX:FlightRecorderOptions=stackdepth=" + DEPTH_MAX,
                "-XX:StartFlightRecording=dumponexit=true,filename=" + file + ",settings=none,+" + SAMPLE
                        + "#enabled=true,+" + SAMPLE + "#period=10ms");
    }

    /** The samples of a time; after the process has ended. */
    FlameGraph between(Instant from, Instant to) {
        FlameGraph graph = new FlameGraph();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                boolean isIn = event.getStartTime().isAfter(from)
                        && event.getStartTime().isBefore(to);
                if (isIn && event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
                    graph.add(frames(event));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return graph;
    }

    private static List<String> frames(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        List<String> frames = new ArrayList<>();
        for (RecordedFrame frame : stack.getFrames()) {
            if (frame.isJavaFrame()) {
                // Lambdas' classes have numbers that differ from run to run.
                String type = frame.getMethod().getType().getName().replaceFirst("\\$\\$Lambda.*", "\\$\\$Lambda");
                frames.add(type + "." + frame.getMethod().getName());
            }
        }
        RecordedThread thread = event.getThread("sampledThread");
        frames.add(thread == null ? "thread" : kind(String.valueOf(thread.getJavaName())));
        Collections.reverse(frames);
        return frames;
    }

    /** A thread's name without the ids and numbers that differ from run to run. */
    private static String kind(String thread) {
        return thread.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "*")
                .replaceAll("[0-9]+", "N");
    }
}
