/**
 * Tests of the demo's own parts. The whole demo runs as a test in module load-tests, and with every build in {@code .ci/run}.
 */
package io.tillstream.local.demo;
