package io.tillstream.ingest.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jetty.JettyConnectionMetrics;
import io.micrometer.core.instrument.binder.jetty.JettyServerThreadPoolMetrics;
import io.tillstream.ingest.auth.Authenticator;
import io.tillstream.ingest.cardguard.CardGuard;
import io.tillstream.ingest.intake.Answer;
import io.tillstream.ingest.intake.CardAlarm;
import io.tillstream.ingest.intake.Intake;
import io.tillstream.ingest.intake.Outcome;
import io.tillstream.ingest.limits.InFlight;
import io.tillstream.ingest.limits.TenantLimits;
import io.tillstream.ingest.tenants.TenantDirectory;
import io.tillstream.runtime.Ops;
import io.tillstream.runtime.OpsAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server and its routes. */
public final class HttpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    /** More than a body and the publisher together may take; nothing waits for so long. */
    private static final long ASYNC_MAX_MILLIS = 55_000;

    /** Longer than the publisher takes to give an event up, so that a stop answers all that have been taken. */
    private static final long STOP_MAX_MILLIS = 8_000;

    /** How long a stop leaves connections open that have no request. */
    private static final long SHUTDOWN_IDLE_MILLIS = 100;

    private final Javalin javalin;

    /** Where to listen; port 0 takes a free one. */
    public record Address(String host, int port) {}

    /** What the server works with. */
    public record Parts(
            TenantDirectory directory,
            Authenticator authenticator,
            TenantLimits tenantLimits,
            CardGuard guard,
            CardAlarm alarm,
            Intake intake,
            HttpLimits limits,
            Ops ops,
            MeterRegistry meters) {}

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /** Listens when it returns. */
    public static HttpServer start(Address address, Parts parts) {
        ServerLog.keepRequestsOut();
        QueuedThreadPool pool = new QueuedThreadPool(
                parts.limits().threadsMax(), Math.min(8, parts.limits().threadsMax()));
        pool.setName("ingest-http");
        List<Route> routes = routes(parts, pool);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.asyncTimeout = ASYNC_MAX_MILLIS;
            config.http.prefer405over404 = true;
            config.jetty.threadPool = pool;
            config.jetty.addConnector((server, http) -> connector(server, http, address, parts.limits()));
            configure(config, parts);
            routes.forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), route.handler()));
            // Javalin has a handler for its own exceptions, which would echo the path.
            config.routes.exception(HttpResponseException.class, HttpServer::answerFailure);
            config.routes.exception(Exception.class, HttpServer::answerFailure);
            measure(config, routes, parts.meters());
        });
        new JettyServerThreadPoolMetrics(pool, List.of()).bindTo(parts.meters());
        javalin.start();
        return new HttpServer(javalin);
    }

    static List<Route> routes(Parts parts, QueuedThreadPool pool) {
        Door door = new Door(parts.directory(), parts.authenticator(), parts.tenantLimits());
        InFlight batches = new InFlight(parts.limits().batchesMax());
        Ops ops = parts.ops();
        return List.of(
                new Route(
                        HandlerType.POST,
                        "/v1/payments",
                        new PaymentHandler(door, parts.intake(), parts.limits(), pool)),
                new Route(
                        HandlerType.POST,
                        "/v1/payments:batch",
                        new BatchHandler(door, parts.intake(), parts.limits(), batches, pool)),
                new Route(HandlerType.GET, Ops.LIVE_PATH, ctx -> answer(ctx, ops::live)),
                new Route(HandlerType.GET, Ops.READY_PATH, ctx -> answer(ctx, ops::ready)),
                new Route(HandlerType.GET, Ops.METRICS_PATH, ctx -> answer(ctx, ops::metrics)));
    }

    private static Connector connector(Server server, HttpConfiguration http, Address address, HttpLimits limits) {
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(address.host());
        connector.setPort(address.port());
        // Here and not in the HTTP configuration, which would set it back after a request while the server stops.
        connector.setIdleTimeout(limits.idleMax().toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        return connector;
    }

    private static void configure(JavalinConfig config, Parts parts) {
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new SilentErrorHandler());
            server.insertHandler(new CardGuardHandler(parts.guard(), parts.alarm()));
            server.insertHandler(new ReadOutHandler(
                    2L * parts.limits().batchBytesMax(), parts.limits().bodyMax()));
            server.insertHandler(new GracefulHandler());
            server.setStopTimeout(STOP_MAX_MILLIS);
            server.addBean(new NetworkConnectionLimit(parts.limits().connectionsMax(), server));
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new SilentErrorHandler()));
        config.jetty.modifyServer(server -> server.addBean(new JettyConnectionMetrics(parts.meters())));
    }

    /** Paths that are no route's count together: they come from outside. */
    private static void measure(JavalinConfig config, List<Route> routes, MeterRegistry meters) {
        Set<String> paths = routes.stream().map(Route::path).collect(Collectors.toUnmodifiableSet());
        config.requestLogger.http((ctx, millis) -> Timer.builder("tillstream.ingest.requests")
                .description("HTTP requests answered, by route and status")
                .tag("route", paths.contains(ctx.path()) ? ctx.path() : "other")
                .tag("status", Integer.toString(ctx.statusCode()))
                .register(meters)
                .record((long) (1_000 * millis), TimeUnit.MICROSECONDS));
    }

    private static void answer(Context ctx, Supplier<OpsAnswer> ask) {
        OpsAnswer answer = ask.get();
        ctx.status(answer.status()).contentType(answer.contentType()).result(answer.body());
    }

    /** Every exception ends here; its text may hold what the client sent, so neither log nor answer has it. */
    private static void answerFailure(Exception failure, Context ctx) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (ctx.res().isCommitted()) {
            log.debug(
                    "A client went away while it was answered: {}",
                    cause.getClass().getSimpleName());
        } else if (cause instanceof RefusedBodyException refused) {
            Answers.write(ctx, refused.answer());
        } else if (cause instanceof HttpResponseException http) {
            Answers.write(ctx, Answer.of(SilentErrorHandler.outcome(http.getStatus())));
        } else if (cause instanceof HttpException malformed) {
            Answers.write(ctx, Answer.of(SilentErrorHandler.outcome(malformed.getCode())));
        } else if (cause instanceof IOException || cause instanceof TimeoutException) {
            log.debug("A client went away or is too slow: {}", cause.getClass().getSimpleName());
            Answers.write(ctx, Answer.of(Outcome.TIMEOUT));
        } else {
            log.error("A request failed: {} at {}", cause.getClass().getName(), firstFrames(cause));
            Answers.write(ctx, Answer.of(Outcome.INTERNAL));
        }
    }

    private static List<StackTraceElement> firstFrames(Throwable cause) {
        StackTraceElement[] frames = cause.getStackTrace();
        return List.of(frames).subList(0, Math.min(8, frames.length));
    }

    /** Method and path of every route that the server has, for the test that compares them with openapi.yaml. */
    List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(route -> route.endpoint.method + " " + route.endpoint.path)
                .toList();
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
