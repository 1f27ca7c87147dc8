package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.workload.WorkloadShape;
import java.util.List;

/** What changes along a curve; all else stays as {@link Setup#USUAL}. */
enum Curve {
    /** Cities. */
    TENANTS("tenants", "cities", true),
    /** Payments that posting knows before the first event. */
    STATE("state", "payments in state", true),
    /** Of payments.events and the journal. */
    PARTITIONS("partitions", "partitions of payments.events", false),
    /** Stream threads of the one process. */
    THREADS("threads", "stream threads", false),
    /** Share of events that are sent a second time. */
    DUPLICATES("duplicates", "% of events sent twice", false);

    private static final double PERCENT = 100;

    /**
     * What one point is measured with.
     *
     * @param payments in the state before the first event
     */
    record Setup(WorkloadShape shape, int partitions, int threads, long payments) {
        static final Setup USUAL = new Setup(WorkloadShape.USUAL, Place.PARTITIONS, 1, 0);
    }

    private final String title;
    private final String unit;
    private final boolean isLogarithmic;

    Curve(String title, String unit, boolean isLogarithmic) {
        this.title = title;
        this.unit = unit;
        this.isLogarithmic = isLogarithmic;
    }

    /** Key in the results and in the picture's name. */
    String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String title() {
        return title;
    }

    /** Of x, as it stands at the axis. */
    String unit() {
        return unit;
    }

    boolean isLogarithmic() {
        return isLogarithmic;
    }

    /**
     * The values of x.
     *
     * @param states those of the curve {@link #STATE}
     */
    List<Long> points(List<Long> states) {
        return switch (this) {
            case TENANTS -> List.of(50L, 200L, 1000L);
            case STATE -> List.copyOf(states);
            case PARTITIONS -> List.of(1L, 4L, 12L);
            case THREADS -> List.of(1L, 2L);
            case DUPLICATES -> List.of(0L, 2L, 20L);
        };
    }

    /** What a point is measured with. */
    Setup at(long x) {
        Setup usual = Setup.USUAL;
        WorkloadShape shape = usual.shape();
        int small = this == STATE ? 0 : Math.toIntExact(x);
        return switch (this) {
            case TENANTS ->
                new Setup(
                        new WorkloadShape(small, shape.zipf(), shape.duplicates(), shape.followUps()),
                        usual.partitions(),
                        usual.threads(),
                        usual.payments());
            case STATE -> new Setup(shape, usual.partitions(), usual.threads(), x);
            case PARTITIONS -> new Setup(shape, small, usual.threads(), usual.payments());
            case THREADS -> new Setup(shape, usual.partitions(), small, usual.payments());
            case DUPLICATES ->
                new Setup(
                        new WorkloadShape(shape.tenants(), shape.zipf(), x / PERCENT, shape.followUps()),
                        usual.partitions(),
                        usual.threads(),
                        usual.payments());
        };
    }
}
