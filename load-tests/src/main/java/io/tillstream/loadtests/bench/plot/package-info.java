/**
 * Pictures of results as SVG files that need nothing else: {@link io.tillstream.loadtests.bench.plot.LinePlot} for curves, {@link
 * io.tillstream.loadtests.bench.plot.FlameGraph} for stacks. Knows nothing of what is measured.
 */
package io.tillstream.loadtests.bench.plot;
