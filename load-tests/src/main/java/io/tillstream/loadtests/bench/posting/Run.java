package io.tillstream.loadtests.bench.posting;

/**
 * One measured run.
 *
 * @param eventsPerSecond input events of the measured part, repeats included, by the time from its first to its last readable output
 * @param measuredSeconds length of the measured part
 * @param applicationCpuSeconds of the contender's processes per million input events
 * @param brokerCpuSeconds of the broker per million input events, whoever caused it
 * @param bytesPerEvent written to topics or database by input events, in the whole run
 * @param residentMegabytes largest resident set of the contender's processes
 */
record Run(
        String variant,
        double eventsPerSecond,
        double measuredSeconds,
        double applicationCpuSeconds,
        double brokerCpuSeconds,
        double bytesPerEvent,
        long residentMegabytes,
        CheckResult check) {}
