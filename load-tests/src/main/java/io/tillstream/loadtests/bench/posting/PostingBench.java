package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.posting.PostingOptions.Part;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import java.nio.file.Path;

/**
 * Table of contents of {@code bench posting}: a cluster, the usual input, the contenders' best settings, the alternated runs, kills and
 * ablations on the same input; then what needs other input: the limit, skew, latency, restoring, takeover, state, state larger than memory.
 */
final class PostingBench {
    private final PostingOptions options;

    PostingBench(PostingOptions options) {
        this.options = options;
    }

    /** Runs all parts. False if a run failed or its check did. */
    boolean run() {
        PostingResult result = new PostingResult(options);
        Path directory = options.work();
        try (BenchCluster cluster = BenchCluster.start(directory.resolve("cluster"))) {
            Track track = new Track(cluster, options, result);
            if (options.has(Part.THROUGHPUT) || options.has(Part.KILL) || options.has(Part.ABLATION)) {
                usualInput(track);
            }
            if (options.has(Part.LIMIT)) {
                new LimitRace(track).run();
            }
            OtherInputs others = new OtherInputs(track);
            if (options.has(Part.SKEW)) {
                others.skew();
            }
            if (options.has(Part.LATENCY)) {
                others.latency();
            }
            if (options.has(Part.RESTORE)) {
                others.restore();
            }
            if (options.has(Part.TAKEOVER)) {
                others.takeover();
            }
            if (options.has(Part.STATE)) {
                others.state();
            }
            if (options.has(Part.COLD)) {
                others.cold();
            }
            if (options.has(Part.GROWTH)) {
                others.growth();
            }
        } finally {
            result.write();
        }
        ResultTable.print(System.out, result);
        System.out.println("Written to " + options.out());
        return result.isComplete();
    }

    private void usualInput(Track track) {
        Input input = track.fill(options.shape());
        Race race = new Race(track, input);
        if (options.has(Part.THROUGHPUT)) {
            Race.warmUpBroker(track, input);
            race.sweep();
            race.run();
        }
        if (options.has(Part.KILL)) {
            race.kill();
        }
        if (options.has(Part.ABLATION)) {
            race.ablate();
        }
    }
}
