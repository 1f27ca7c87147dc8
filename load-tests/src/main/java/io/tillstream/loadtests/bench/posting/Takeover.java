package io.tillstream.loadtests.bench.posting;

/**
 * What a SIGKILL of posting costs.
 *
 * @param paymentsInState when it was killed
 * @param standby whether a second process kept a standby; without, the process is started again at once
 * @param firstMs from the kill to the first readable entry of an event that was appended after it
 * @param lastMs the same for the partition that took longest
 */
record Takeover(long paymentsInState, boolean standby, long firstMs, long lastMs, CheckResult check) {}
