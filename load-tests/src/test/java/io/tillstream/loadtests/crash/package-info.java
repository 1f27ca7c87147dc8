/**
 * Faults on real servers: processes killed by SIGKILL at random moments under load, servers restarted and away. After each the
 * invariants of ARCHITECTURE.md are checked to the entry. A failure prints its seed.
 */
package io.tillstream.loadtests.crash;
