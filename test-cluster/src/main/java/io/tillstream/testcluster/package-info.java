/**
 * The one seam between integration tests and the servers that they need.
 *
 * <p>A test asks {@link io.tillstream.testcluster.TestCluster#start} for what it needs and never learns whether that runs
 * embedded (the default) or in containers (Maven profile {@code containers}, system property
 * {@code tillstream.cluster=containers}). In both, a server that is stopped and started again keeps its address and data.
 * What one broker cannot show (a cut network, in-sync replicas) is in {@link io.tillstream.testcluster.ThreeBrokers}, for
 * which there are only containers. {@link io.tillstream.testcluster.JavaProcess} runs a part of Tillstream as a process of
 * its own that a test may kill.
 *
 * <p>This package makes no topics, schemas or tables, and holds no assertion.
 */
package io.tillstream.testcluster;
