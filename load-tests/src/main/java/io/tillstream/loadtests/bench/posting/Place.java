package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.peer.PeerSettings;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.bench.stage.BenchDirectories;
import io.tillstream.schemas.Topics;
import java.nio.file.Path;

/**
 * Where one run takes place.
 *
 * @param directory for state and logs of this run
 * @param id of this run alone: application id, group, beginning of topic names
 * @param heapMegabytes of the contender's JVM
 * @param padding file with what copies add to their values
 * @param partitions of input and output; peers know only {@link #PARTITIONS}
 */
public record Place(BenchCluster cluster, Path directory, String id, int heapMegabytes, Path padding, int partitions) {
    /** Partitions of payments.events and the journal, where nothing else is said. */
    public static final int PARTITIONS = 4;

    /** Where nothing is copied. */
    static final Path NO_PADDING = Path.of("no-padding");

    /** With the usual number of partitions. */
    Place(BenchCluster cluster, Path directory, String id, int heapMegabytes, Path padding) {
        this(cluster, directory, id, heapMegabytes, padding, PARTITIONS);
    }

    /** Where a contender that is not posting writes. */
    String output() {
        return id + ".out";
    }

    /** A peer's settings, in a file. */
    Path settings(Variant variant, String option) {
        Path file = directory.resolve("peer.properties");
        new PeerSettings(
                        cluster.bootstrapServers(),
                        cluster.registryUrl(),
                        Topics.EVENTS.topicName(),
                        output(),
                        PARTITIONS,
                        id,
                        variant.threads(),
                        variant.commitIntervalMs(),
                        padding,
                        directory.resolve("state"),
                        option)
                .store(file);
        return file;
    }

    /** Removes all that the run left on disk. */
    void removeDirectory() {
        BenchDirectories.removeTree(directory);
    }
}
