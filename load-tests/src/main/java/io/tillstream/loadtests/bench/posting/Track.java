package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.jmh.Sample;
import io.tillstream.loadtests.bench.peer.Padding;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.schemas.hot.EntryWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What all parts of the benchmark share: cluster, options, results, and places for runs. */
final class Track {
    private static final int HEADS = 1_000; // a block of lz4 holds some 210 records

    private final BenchCluster cluster;
    private final PostingOptions options;
    private final PostingResult result;
    private Path padding; // null until it is needed
    private int runs;

    Track(BenchCluster cluster, PostingOptions options, PostingResult result) {
        this.cluster = cluster;
        this.options = options;
        this.result = result;
    }

    PostingOptions options() {
        return options;
    }

    PostingResult result() {
        return result;
    }

    BenchCluster cluster() {
        return cluster;
    }

    /** Fills payments.events with the race's number of events. */
    Input fill(WorkloadShape shape) {
        return fill(shape, options.events());
    }

    /** Fills payments.events with another number of events. */
    Input fill(WorkloadShape shape, long events) {
        say("Writing " + events + " events, Zipf " + shape.zipf());
        return Input.fill(cluster, shape, options.seed(), events);
    }

    /** Runs something in a new place and removes it; a failure is kept as one, and the benchmark goes on. */
    void in(String what, int heapMegabytes, Consumer<Place> action) {
        String id = "bench-" + runs++;
        try {
            Place place = new Place(
                    cluster, Files.createDirectories(options.work().resolve(id)), id, heapMegabytes, padding());
            try {
                action.accept(place);
            } catch (RuntimeException e) {
                say(what + " failed: " + e);
                result.failed(what, String.valueOf(e.getMessage()));
            } finally {
                place.removeDirectory();
                result.write();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the race's own heap. */
    void in(String what, Consumer<Place> action) {
        in(what, options.heapMegabytes(), action);
    }

    /** What posting's entries hold besides their events: from real ones, so that a copy writes the like. */
    private Path padding() throws IOException {
        if (padding == null) {
            List<byte[]> heads = Sample.entryHeads(HEADS);
            padding = Files.createDirectories(options.work()).resolve("padding");
            Padding.store(heads, padding);
            result.put(
                    "paddingBytes",
                    (int) Math.round(heads.stream()
                                    .mapToInt(head -> head.length)
                                    .average()
                                    .orElseThrow())
                            + EntryWriter.HASH_BYTES);
        }
        return padding;
    }

    /** Progress, for whoever waits. */
    static void say(String line) {
        System.err.println(java.time.LocalTime.now(java.time.ZoneOffset.UTC).withNano(0) + " " + line);
    }
}
