package io.tillstream.console.pages;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillstream.console.access.LoginThrottle;
import io.tillstream.console.access.Sessions;
import io.tillstream.console.access.Users;
import io.tillstream.console.access.Viewer;
import io.tillstream.console.web.Door;
import io.tillstream.console.web.Gate;
import io.tillstream.console.web.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in and out. The form's token is also in a cookie, so that no other site can send the form. */
public final class LoginRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LoginRoutes.class);
    private static final Pattern OWN_PAGE = Pattern.compile("/[A-Za-z0-9/_-]{0,200}");
    private static final int NAME_MAX = 80;
    private final Pages pages;
    private final Gate gate;
    private final Users users;
    private final Sessions sessions;
    private final LoginThrottle throttle;
    private final Clock clock;
    private final MeterRegistry meters;

    public LoginRoutes(
            Pages pages,
            Gate gate,
            Users users,
            Sessions sessions,
            LoginThrottle throttle,
            Clock clock,
            MeterRegistry meters) {
        this.pages = pages;
        this.gate = gate;
        this.users = users;
        this.sessions = sessions;
        this.throttle = throttle;
        this.clock = clock;
        this.meters = meters;
    }

    public void add(RoutesConfig routes) {
        routes.get("/login", this::form, Door.OPEN);
        routes.post("/login", this::signIn, Door.OPEN);
        routes.post("/logout", this::signOut, Door.PAGE);
    }

    private void form(Context context) {
        showForm(context, "", "", ownPage(context.queryParam("next")));
    }

    private void signIn(Context context) {
        String token = context.formParam("token");
        String cookie = context.cookie(formCookie());
        if (token == null || cookie == null || !same(token, cookie)) {
            throw Problem.foreignForm();
        }
        String name = Optional.ofNullable(context.formParam("name")).orElse("").strip();
        String next = ownPage(context.formParam("next"));
        if (name.isEmpty() || name.length() > NAME_MAX) {
            refuse(context, HttpStatus.UNAUTHORIZED, "", "Name or password is wrong.", next);
            return;
        }
        Duration wait = throttle.attempt(name, gate.address(context), clock.instant());
        if (!wait.isZero()) {
            count("throttled");
            LOG.warn("sign-in throttled for an address");
            context.header("Retry-After", Long.toString(wait.toSeconds() + 1));
            refuse(
                    context,
                    HttpStatus.TOO_MANY_REQUESTS,
                    name,
                    "Too many attempts. Try again in " + (wait.toMinutes() + 1) + " min.",
                    next);
            return;
        }
        char[] password =
                Optional.ofNullable(context.formParam("password")).orElse("").toCharArray();
        Optional<Viewer> viewer = users.signIn(name, password);
        Arrays.fill(password, ' ');
        if (viewer.isEmpty()) {
            count("wrong");
            LOG.info("sign-in refused");
            refuse(context, HttpStatus.UNAUTHORIZED, name, "Name or password is wrong.", next);
            return;
        }
        throttle.succeeded(name, gate.address(context));
        count("right");
        LOG.info("{} signed in", name);
        gate.signIn(context, viewer.get());
        context.redirect(next, HttpStatus.SEE_OTHER);
    }

    private void signOut(Context context) {
        if (!Gate.session(context).madeForm(context.formParam("token"))) {
            throw Problem.foreignForm();
        }
        gate.signOut(context);
        context.redirect("/login", HttpStatus.SEE_OTHER);
    }

    private void refuse(Context context, HttpStatus status, String name, String reason, String next) {
        context.status(status);
        showForm(context, name, reason, next);
    }

    private void showForm(Context context, String name, String reason, String next) {
        String token = sessions.secret();
        gate.setCookie(context, formCookie(), token);
        pages.show(
                context,
                "login.jte",
                Map.of("token", token, "name", name, "reason", reason, "next", next, "noUsers", users.isEmpty()));
    }

    private void count(String outcome) {
        meters.counter("tillstream.console.sign.ins", "outcome", outcome).increment();
    }

    private String formCookie() {
        return gate.cookieName("tillstream-form");
    }

    /** Where to go after signing in: a page of this console, never another address. */
    static String ownPage(String next) {
        return next != null && OWN_PAGE.matcher(next).matches() && !next.startsWith("//") ? next : "/";
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
