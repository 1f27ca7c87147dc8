package io.tillstream.loadtests.bench.posting;

/**
 * How long single events stop the thread while the tables grow.
 *
 * @param longestMs of all events, whatever stopped the thread: growth, the collector that copies what has grown, the machine
 * @param longestWithoutCollectionMs of the events in which the collector did not run: growth or the machine
 * @param longestCpuMs that the thread itself worked for one event: growth alone
 * @param bytesOfPayment of the tables, for each payment in them
 */
record Growth(
        long payments,
        double p50Micros,
        double p99Micros,
        double p9999Micros,
        double longestMs,
        double longestWithoutCollectionMs,
        double longestCpuMs,
        long collections,
        double bytesOfPayment) {}
