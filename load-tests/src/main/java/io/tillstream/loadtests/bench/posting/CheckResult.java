package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.check.JournalReport;

/**
 * What a run's check found.
 *
 * @param exact whether nothing is wrong; a run that is not exact is no result
 * @param found in words and figures
 */
record CheckResult(boolean exact, String found) {
    static CheckResult of(JournalReport report, Input input) {
        boolean totals = report.capturedTotal() == input.expected().capturedTotal()
                && report.refundedTotal() == input.expected().refundedTotal();
        return new CheckResult(report.isExact() && totals, report.toString());
    }
}
