/** The load's own parts: what it sends, what it makes of answers, and a whole load against a server of a few lines. */
package io.tillstream.loadtests.bench.load;
