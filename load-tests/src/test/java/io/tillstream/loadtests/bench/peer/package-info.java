/** Guards of the peers' rules. */
package io.tillstream.loadtests.bench.peer;
