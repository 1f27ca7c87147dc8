package io.tillstream.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named checks of one process. Alive: starting it again would not help. Ready: alive, and work may be sent to it. Checks
 * are asked on every request, from several threads; they look at what is already known and never wait.
 */
public final class Health {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final Map<String, Supplier<HealthStatus>> live = new LinkedHashMap<>();
    private final Map<String, Supplier<HealthStatus>> ready = new LinkedHashMap<>();

    /** Adds a check whose failure means: start the process again. */
    public Health live(String name, Supplier<HealthStatus> check) {
        return add(live, name, check);
    }

    /** Adds a check whose failure means: send no work for now. */
    public Health ready(String name, Supplier<HealthStatus> check) {
        return add(ready, name, check);
    }

    public HealthReport liveReport() {
        Map<String, HealthStatus> found = new LinkedHashMap<>();
        ask(live, found);
        return new HealthReport(found);
    }

    /** What is not alive is not ready either, and neither is what has not yet said what makes it ready. */
    public HealthReport readyReport() {
        Map<String, HealthStatus> found = new LinkedHashMap<>();
        ask(live, found);
        int alive = found.size();
        ask(ready, found);
        if (found.size() == alive) {
            found.put("start", HealthStatus.down("nothing has been started yet"));
        }
        return new HealthReport(found);
    }

    private synchronized Health add(
            Map<String, Supplier<HealthStatus>> checks, String name, Supplier<HealthStatus> check) {
        if (live.containsKey(name) || ready.containsKey(name)) {
            throw new IllegalArgumentException("there is a check named " + name + " already");
        }
        checks.put(name, check);
        return this;
    }

    private void ask(Map<String, Supplier<HealthStatus>> checks, Map<String, HealthStatus> found) {
        Map<String, Supplier<HealthStatus>> now;
        synchronized (this) {
            now = new LinkedHashMap<>(checks);
        }
        now.forEach((name, check) -> found.put(name, answerOf(name, check)));
    }

    private static HealthStatus answerOf(String name, Supplier<HealthStatus> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            log.warn("The health check {} failed itself", name, e);
            return HealthStatus.down("the check failed: " + e.getClass().getSimpleName());
        }
    }
}
