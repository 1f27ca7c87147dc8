package io.tillstream.console;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.jetty12.server.TimedHandler;
import io.tillstream.console.access.ApiTokens;
import io.tillstream.console.access.LoginThrottle;
import io.tillstream.console.access.Sessions;
import io.tillstream.console.access.Users;
import io.tillstream.console.api.ApiRoutes;
import io.tillstream.console.api.FileDownloads;
import io.tillstream.console.api.Json;
import io.tillstream.console.overview.PlatformWatch;
import io.tillstream.console.overview.TenantFigures;
import io.tillstream.console.pages.Assets;
import io.tillstream.console.pages.LoginRoutes;
import io.tillstream.console.pages.OverviewFeed;
import io.tillstream.console.pages.PageRoutes;
import io.tillstream.console.pages.Pages;
import io.tillstream.console.query.Cursor;
import io.tillstream.console.query.Queries;
import io.tillstream.console.query.ReadDatabase;
import io.tillstream.console.web.Door;
import io.tillstream.console.web.Gate;
import io.tillstream.console.web.Problem;
import io.tillstream.console.web.Problems;
import io.tillstream.console.web.SecurityHeaders;
import io.tillstream.runtime.Health;
import io.tillstream.runtime.Metrics;
import io.tillstream.runtime.Ops;
import io.tillstream.runtime.OpsAnswer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jdbi.v3.core.JdbiException;

/** The console, started; the order below is the order in which a request meets it, from the back to the front. */
public final class Console implements AutoCloseable {
    private static final int FORM_BYTES_MAX = 16 * 1024;
    private static final int HTTP_THREADS = 64;

    private final HikariDataSource pool;
    private final PlatformWatch platform;
    private final TenantFigures figures;
    private final OverviewFeed feed;
    private final Metrics metrics;
    private final Javalin http;

    private Console(ConsoleSettings settings, Clock clock) {
        SecureRandom random = new SecureRandom();
        metrics = Metrics.start("console");
        MeterRegistry meters = metrics.registry();

        pool = pool(settings.database(), meters);
        ReadDatabase database = new ReadDatabase(pool, settings.database().role());
        database.requireRowSecurity();
        Queries queries = Queries.over(database);
        platform = PlatformWatch.start(queries.overview(), settings.kafka(), settings.serviceAddresses(), clock);
        figures = new TenantFigures(queries, clock);

        Sessions sessions = new Sessions(settings.sessionIdle(), settings.sessionLifetime(), random);
        Users users = new Users(accounts(settings), random);
        Gate gate = new Gate(sessions, new ApiTokens(grants(settings)), clock, settings.tls());

        Pages pages = new Pages();
        feed = OverviewFeed.start(pages, gate, platform, figures, settings.refresh(), clock, meters);
        LoginRoutes login = new LoginRoutes(pages, gate, users, sessions, new LoginThrottle(), clock, meters);
        PageRoutes pageRoutes = new PageRoutes(pages, feed, queries);
        ApiRoutes api = new ApiRoutes(queries, new FileDownloads(settings.filesDirectory()));

        Ops ops = new Ops(new Health().ready("database", platform::databaseStatus), metrics);
        Problems problems = new Problems(pages::showProblem);
        http = Javalin.create(config -> {
            configure(config, settings, meters);
            RoutesConfig routes = config.routes;
            routes.before(SecurityHeaders::set);
            routes.beforeMatched(gate::admit);
            routes.get("/assets/{name}", new Assets()::serve, Door.OPEN);
            login.add(routes);
            pageRoutes.add(routes);
            api.add(routes);
            addOps(routes, ops);
            addProblems(routes, problems);
        });
    }

    /**
     * Starts the console; it answers when this returns.
     *
     * @throws IllegalStateException if the database's role bypasses row-level security
     * @throws IllegalArgumentException if a user or token cannot be read
     */
    public static Console start(ConsoleSettings settings) {
        return start(settings, Clock.systemUTC());
    }

    static Console start(ConsoleSettings settings, Clock clock) {
        Console console = new Console(settings, clock);
        console.http.start(settings.host(), settings.port());
        return console;
    }

    /** The port that is bound. */
    public int port() {
        return http.port();
    }

    @Override
    public void close() {
        feed.close();
        http.stop();
        figures.close();
        platform.close();
        pool.close();
        metrics.close();
    }

    private static HikariDataSource pool(ConsoleSettings.Database database, MeterRegistry meters) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("console");
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        database.password().ifPresent(password -> config.setPassword(password.reveal()));
        config.setMaximumPoolSize(database.connections());
        config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
        config.setMetricRegistry(meters);
        return new HikariDataSource(config);
    }

    private static List<Users.Account> accounts(ConsoleSettings settings) {
        return settings.users().stream()
                .map(ConsoleSettings.Credential::of)
                .map(user -> new Users.Account(user.name(), user.hash(), user.tenants()))
                .toList();
    }

    private static List<ApiTokens.Grant> grants(ConsoleSettings settings) {
        return settings.tokens().stream()
                .map(ConsoleSettings.Credential::of)
                .map(token -> new ApiTokens.Grant(token.name(), token.hash(), token.tenants()))
                .toList();
    }

    private static void configure(JavalinConfig config, ConsoleSettings settings, MeterRegistry meters) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.maxRequestSize = FORM_BYTES_MAX;
        config.http.prefer405over404 = true;
        config.jsonMapper(new Json());
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.threadPool = new QueuedThreadPool(HTTP_THREADS);
        config.jetty.modifyServer(server -> server.insertHandler(new TimedHandler(meters, List.of())));
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    }

    private static void addOps(RoutesConfig routes, Ops ops) {
        routes.get(Ops.LIVE_PATH, context -> answer(context, ops::live), Door.OPEN);
        routes.get(Ops.READY_PATH, context -> answer(context, ops::ready), Door.OPEN);
        routes.get(Ops.METRICS_PATH, context -> answer(context, ops::metrics), Door.OPEN);
    }

    private static void answer(Context context, Supplier<OpsAnswer> ops) {
        OpsAnswer answer = ops.get();
        context.status(answer.status()).contentType(answer.contentType()).result(answer.body());
    }

    private static void addProblems(RoutesConfig routes, Problems problems) {
        routes.exception(Problem.class, problems::answer);
        routes.exception(Cursor.UnusableCursor.class, problems::answer);
        routes.exception(JdbiException.class, problems::answer);
        routes.exception(HttpResponseException.class, problems::answer);
        routes.exception(Exception.class, problems::answer);
    }

    /** Method and path of every route, for the test that compares them with openapi.yaml. */
    Stream<String> routes() {
        return http.unsafe.internalRouter.allHttpHandlers().stream()
                .map(route -> route.endpoint.method + " " + route.endpoint.path);
    }
}
