package io.tillstream.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The checks of one moment, in the order in which they were added. */
public record HealthReport(Map<String, HealthStatus> checks) {
    public HealthReport {
        checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    }

    /** True if every check is up; also if there is none. */
    public boolean isUp() {
        return checks.values().stream().allMatch(HealthStatus::isUp);
    }
}
