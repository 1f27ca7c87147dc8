/**
 * Faults and speed, shown on real brokers and databases: seeded workloads whose outcome is known beforehand, the checker that holds
 * the journal against it, crash tests (src/test) and benchmarks.
 *
 * <p>Start at {@link io.tillstream.loadtests.workload.Workload} and {@link io.tillstream.loadtests.check.JournalCheck}. Nothing
 * depends on this module.
 */
package io.tillstream.loadtests;
