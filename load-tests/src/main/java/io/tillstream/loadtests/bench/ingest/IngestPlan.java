package io.tillstream.loadtests.bench.ingest;

import io.tillstream.ingest.IngestMain;
import io.tillstream.loadtests.bench.ingest.IngestOptions.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * How to do one run.
 *
 * @param main ingest, or the server that acknowledges at once
 * @param tenantLimit events a second of each city, and its burst
 * @param lines of a batch; 0 sends single events
 * @param perSecond events a second that are due; 0 sends as fast as is answered
 */
record IngestPlan(Part part, Class<?> main, int tenantLimit, int lines, double perSecond, int connections) {
    /** Enough that the producer's linger of some milliseconds does not bound what is answered. */
    private static final int CLOSED_CONNECTIONS = 256;

    private static final int HALF_CONNECTIONS = 256;
    private static final int TWICE_CONNECTIONS = 1_500;
    /** Fewer than ingest takes at a time, so that none is refused. */
    private static final int BATCH_CONNECTIONS = 8;

    private static final int TWICE_BATCH_CONNECTIONS = 64;
    /** A rate that nobody reaches. */
    private static final int UNLIMITED = 10_000_000;

    /** What finds the capacity, in the order of one round. */
    static List<IngestPlan> capacity(IngestOptions options) {
        return wanted(
                options,
                new IngestPlan(Part.SINGLE, IngestMain.class, UNLIMITED, 0, 0, CLOSED_CONNECTIONS),
                new IngestPlan(Part.SINGLE, AtOnceMain.class, UNLIMITED, 0, 0, CLOSED_CONNECTIONS),
                new IngestPlan(Part.BATCH, IngestMain.class, UNLIMITED, options.lines(), 0, BATCH_CONNECTIONS));
    }

    /** Single events at half and at twice the capacity; at twice, the cities' limits are what ingest defends itself with. */
    static List<IngestPlan> ofSingle(IngestOptions options, double capacity) {
        int limit = (int) Math.max(1, capacity * options.limitShare() / options.tenants());
        return wanted(
                options,
                new IngestPlan(Part.HALF, IngestMain.class, UNLIMITED, 0, capacity / 2, HALF_CONNECTIONS),
                new IngestPlan(Part.TWICE, IngestMain.class, limit, 0, 2 * capacity, TWICE_CONNECTIONS));
    }

    /** Batches at twice the capacity, against the bounds of what is taken at a time. */
    static List<IngestPlan> ofBatch(IngestOptions options, double capacity) {
        return wanted(
                options,
                new IngestPlan(
                        Part.TWICE_BATCH,
                        IngestMain.class,
                        UNLIMITED,
                        options.lines(),
                        2 * capacity,
                        TWICE_BATCH_CONNECTIONS));
    }

    private static List<IngestPlan> wanted(IngestOptions options, IngestPlan... all) {
        List<IngestPlan> wanted = new ArrayList<>(List.of(all));
        wanted.removeIf(plan -> !options.parts().contains(plan.part));
        return wanted;
    }

    String publisher() {
        return main == AtOnceMain.class ? IngestRun.AT_ONCE : IngestRun.KAFKA;
    }
}
