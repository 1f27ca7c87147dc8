package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.JvmProcess;
import java.util.List;

/** A way to post, in processes of its own. Made anew for every run. */
interface Contender {
    /** Key in the results. */
    String name();

    /** What it is and does, in a sentence. */
    String does();

    /** What it does not do that posting does. */
    String lacks();

    /** Settings to try; the fastest runs in the race. */
    List<Variant> variants(int commitIntervalMs);

    /** Makes the topics or tables that it needs. */
    void prepare(Place place);

    /** Starts its process, with the state of an earlier one if there was one. */
    JvmProcess start(Place place, Variant variant, int attempt);

    /** How far it is; after {@link #prepare} and before {@link #start}. */
    Gauge gauge(Place place);

    /** What the gauge shows at least when all of the input has been processed. */
    long outputs(Input input);

    /** Holds everything that it wrote against the input. */
    CheckResult check(Place place, Input input);

    /** Bytes that it has written to topics, changelogs included, or to a database. */
    long bytesWritten(Place place);

    /** Processes beside the started one that work for it alone. */
    default List<Long> helpers() {
        return List.of();
    }

    /** Removes what {@link #prepare} and the run have left. */
    void clear(Place place);
}
