/**
 * The race of posting against its peers, on one broker and one input topic.
 *
 * <p>Read {@link io.tillstream.loadtests.bench.posting.PostingBench} first: it is the order of things. A
 * {@link io.tillstream.loadtests.bench.posting.Contender} is a way to post; {@code ThroughputRun}, {@code LatencyRun},
 * {@code TakeoverRun}, {@code RestoreRun} measure one; every run begins with empty topics and no state and ends with a check of all that
 * was written. A run whose check fails is no result. What is measured is only what readers of committed records can see.
 */
package io.tillstream.loadtests.bench.posting;
