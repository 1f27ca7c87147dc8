package io.tillstream.runtime;

/** What one check says now, and why. The reason is shown to operators: no secrets, no personal data. */
public record HealthStatus(boolean isUp, String reason) {
    public static HealthStatus up(String reason) {
        return new HealthStatus(true, reason);
    }

    public static HealthStatus down(String reason) {
        return new HealthStatus(false, reason);
    }
}
