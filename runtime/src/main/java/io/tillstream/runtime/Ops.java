package io.tillstream.runtime;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What operators may ask a process, as plain functions, so that {@link OpsServer} and a module's own HTTP server give the
 * same answers on the same paths.
 */
public final class Ops {
    public static final String LIVE_PATH = "/health/live";
    public static final String READY_PATH = "/health/ready";
    public static final String METRICS_PATH = "/metrics";

    private static final JsonMapper JSON = new JsonMapper();

    private final Health health;
    private final Metrics metrics;

    public Ops(Health health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    /** 200 while the process should go on, 503 when it should be started again. */
    public OpsAnswer live() {
        return answer(health.liveReport());
    }

    /** 200 when work may be sent, else 503 with the reason of each check. */
    public OpsAnswer ready() {
        return answer(health.readyReport());
    }

    public OpsAnswer metrics() {
        return new OpsAnswer(200, Metrics.CONTENT_TYPE, metrics.scrape());
    }

    /** The answer for a path, if it is one of the three. */
    public Optional<OpsAnswer> at(String path) {
        return switch (path) {
            case LIVE_PATH -> Optional.of(live());
            case READY_PATH -> Optional.of(ready());
            case METRICS_PATH -> Optional.of(metrics());
            default -> Optional.empty();
        };
    }

    private static OpsAnswer answer(HealthReport report) {
        ObjectNode json = JSON.createObjectNode().put("status", word(report.isUp()));
        ObjectNode checks = json.putObject("checks");
        report.checks()
                .forEach((name, status) -> checks.putObject(name)
                        .put("status", word(status.isUp()))
                        .put("reason", status.reason()));
        return new OpsAnswer(report.isUp() ? 200 : 503, "application/json", json.toString());
    }

    private static String word(boolean isUp) {
        return isUp ? "UP" : "DOWN";
    }
}
