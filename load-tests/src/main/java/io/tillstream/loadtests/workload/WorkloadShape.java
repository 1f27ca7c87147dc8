package io.tillstream.loadtests.workload;

/**
 * What a workload looks like.
 *
 * @param tenants cities
 * @param zipf exponent of their sizes; 0 is uniform
 * @param duplicates share of events that are sent a second time
 * @param followUps share of events that refer to an earlier payment
 */
public record WorkloadShape(int tenants, double zipf, double duplicates, double followUps) {
    /** 200 cities by Zipf 1.0, 2 % duplicates, 3 % refunds and other follow-ups. */
    public static final WorkloadShape USUAL = new WorkloadShape(200, 1.0, 0.02, 0.03);

    public WorkloadShape {
        if (tenants < 1 || zipf < 0 || duplicates < 0 || followUps < 0 || duplicates + followUps > 0.9) {
            throw new IllegalArgumentException(
                    "tenants at least 1, zipf and shares at least 0, shares together at most 0.9");
        }
    }

    /** The same with another exponent. */
    public WorkloadShape withZipf(double exponent) {
        return new WorkloadShape(tenants, exponent, duplicates, followUps);
    }
}
