/** JMH: single steps of posting, and what they replace. {@code ./tillstream bench jmh}. Never a measure of the whole. */
package io.tillstream.loadtests.bench.jmh;
