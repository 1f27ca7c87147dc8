/** Guards of the benchmark: it may only measure what it says. */
package io.tillstream.loadtests.bench.posting;
