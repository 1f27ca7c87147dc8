package io.tillstream.console.pages;

import io.javalin.http.sse.SseClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillstream.console.access.TenantScope;
import io.tillstream.console.overview.PlatformWatch;
import io.tillstream.console.overview.Pulse;
import io.tillstream.console.overview.TenantFigures;
import io.tillstream.console.web.Gate;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps open overviews up to date: renders the panels once for all browsers of a scope and sends each browser those
 * that changed. A browser that reads slowly misses panels and holds up nobody.
 */
public final class OverviewFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OverviewFeed.class);
    private static final int BROWSERS_MAX = 200;
    private static final int SENDERS = 16;
    private final Pages pages;
    private final Gate gate;
    private final PlatformWatch platform;
    private final TenantFigures figures;
    private final Clock clock;
    private final Set<Browser> browsers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(OverviewFeed::thread);
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS, OverviewFeed::thread);

    private Future<?> refreshing = CompletableFuture.completedFuture(null);

    private OverviewFeed(Pages pages, Gate gate, PlatformWatch platform, TenantFigures figures, Clock clock) {
        this.pages = pages;
        this.gate = gate;
        this.platform = platform;
        this.figures = figures;
        this.clock = clock;
    }

    /** Starts sending every {@code refresh}. */
    public static OverviewFeed start(
            Pages pages,
            Gate gate,
            PlatformWatch platform,
            TenantFigures figures,
            Duration refresh,
            Clock clock,
            MeterRegistry meters) {
        OverviewFeed feed = new OverviewFeed(pages, gate, platform, figures, clock);
        meters.gaugeCollectionSize("tillstream.console.live.pages", List.of(), feed.browsers);
        feed.refreshing = feed.ticks.scheduleWithFixedDelay(
                feed::refresh, refresh.toMillis(), refresh.toMillis(), TimeUnit.MILLISECONDS);
        return feed;
    }

    /** What the overview shows to a scope now. */
    OverviewView view(TenantScope scope) {
        Pulse pulse = scope.everything() ? platform.pulse() : null;
        return OverviewView.of(figures.of(scope), pulse);
    }

    /** Begins to send to a browser that has just loaded the page. */
    void join(SseClient client) {
        if (browsers.size() >= BROWSERS_MAX) {
            client.sendEvent("full", "too many live pages are open");
            client.close();
            return;
        }
        client.keepAlive();
        Browser browser = new Browser(client, Gate.viewer(client.ctx()).scope(), gate.sessionId(client.ctx()));
        client.onClose(() -> browsers.remove(browser));
        browsers.add(browser);
    }

    private void refresh() {
        Map<TenantScope, Map<OverviewView.Panel, String>> rendered = new HashMap<>();
        for (Browser browser : browsers) {
            try {
                browser.offer(rendered.computeIfAbsent(browser.scope, this::render));
            } catch (RuntimeException e) {
                // The page keeps what it shows; its clock stands still, which is how a viewer sees it.
                LOG.warn("live panels could not be made", e);
            }
        }
    }

    private Map<OverviewView.Panel, String> render(TenantScope scope) {
        OverviewView view = view(scope);
        Map<OverviewView.Panel, String> panels = new EnumMap<>(OverviewView.Panel.class);
        for (OverviewView.Panel panel : view.panels()) {
            panels.put(panel, pages.render(panel.template(), Map.of("view", view)));
        }
        return panels;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "overview-feed");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        refreshing.cancel(true);
        ticks.shutdownNow();
        senders.shutdownNow();
        browsers.forEach(browser -> browser.client.close());
    }

    private final class Browser {
        private final SseClient client;
        private final TenantScope scope;
        private final String sessionId;
        private final AtomicBoolean sending = new AtomicBoolean();
        private final Map<OverviewView.Panel, String> sent = new EnumMap<>(OverviewView.Panel.class);

        private Browser(SseClient client, TenantScope scope, String sessionId) {
            this.client = client;
            this.scope = scope;
            this.sessionId = sessionId;
        }

        private void offer(Map<OverviewView.Panel, String> panels) {
            if (!sending.compareAndSet(false, true)) {
                return;
            }
            try {
                senders.execute(() -> send(panels));
            } catch (RejectedExecutionException e) {
                // The console is closing.
                sending.set(false);
            }
        }

        private void send(Map<OverviewView.Panel, String> panels) {
            try {
                if (!gate.stillSignedIn(sessionId)) {
                    client.sendEvent("over", "signed out");
                    client.close();
                    return;
                }
                panels.forEach((panel, html) -> {
                    if (!html.equals(sent.put(panel, html))) {
                        client.sendEvent("panel", html);
                    }
                });
                // Never empty: browsers drop an event without data.
                client.sendEvent("beat", Show.time(clock.instant()));
            } finally {
                sending.set(false);
            }
        }
    }
}
