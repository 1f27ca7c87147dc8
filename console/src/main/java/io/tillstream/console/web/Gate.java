package io.tillstream.console.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.tillstream.console.access.ApiTokens;
import io.tillstream.console.access.Session;
import io.tillstream.console.access.Sessions;
import io.tillstream.console.access.Viewer;
import java.time.Clock;
import java.util.Optional;

/** Decides who comes in, before any handler runs, and knows afterwards who it was. */
public final class Gate {
    private static final String VIEWER = "tillstream.viewer";
    private static final String SESSION = "tillstream.session";
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Clock clock;
    private final boolean overTls;

    /** @param overTls whether browsers come over HTTPS: then cookies are marked Secure and bound to the host */
    public Gate(Sessions sessions, ApiTokens tokens, Clock clock, boolean overTls) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.clock = clock;
        this.overTls = overTls;
    }

    /** Runs before every matched route. */
    public void admit(Context request) {
        if (request.routeRoles().contains(Door.OPEN)) {
            return;
        }
        boolean page = request.routeRoles().contains(Door.PAGE);
        boolean api = request.routeRoles().contains(Door.API);
        if (!page && !api) {
            throw new IllegalStateException("route without a door: " + request.endpoint().path);
        }
        Optional<Session> session = sessions.use(request.cookie(sessionCookie()), clock.instant());
        session.ifPresent(live -> request.attribute(SESSION, live));
        Optional<Viewer> viewer = session.map(Session::viewer).or(() -> api ? holder(request) : Optional.empty());
        if (viewer.isPresent()) {
            request.attribute(VIEWER, viewer.get());
        } else if (page) {
            boolean start = request.path().equals("/") || request.path().equals("/live");
            request.redirect(start ? "/login" : "/login?next=" + request.path(), HttpStatus.SEE_OTHER);
            request.skipRemainingHandlers();
        } else {
            Problems.unauthorised(request);
            request.skipRemainingHandlers();
        }
    }

    private Optional<Viewer> holder(Context request) {
        String authorization = request.header("Authorization");
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
        return bearer ? tokens.holder(authorization.substring(7).strip()) : Optional.empty();
    }

    /** Who asks; only behind a door that is not open. */
    public static Viewer viewer(Context request) {
        Viewer viewer = request.attribute(VIEWER);
        if (viewer == null) {
            throw new IllegalStateException("asked for the viewer of an open route");
        }
        return viewer;
    }

    /** The session of a page's viewer. */
    public static Session session(Context request) {
        Session session = request.attribute(SESSION);
        if (session == null) {
            throw new IllegalStateException("asked for the session of a route that is no page");
        }
        return session;
    }

    /** Signs the viewer in: a new session id, whatever the browser held before. */
    public void signIn(Context answer, Viewer viewer) {
        String old = answer.cookie(sessionCookie());
        if (old != null) {
            sessions.end(old);
        }
        setCookie(answer, sessionCookie(), sessions.begin(viewer, clock.instant()));
    }

    public void signOut(Context answer) {
        String id = answer.cookie(sessionCookie());
        if (id != null) {
            sessions.end(id);
        }
        Cookie gone = cookie(sessionCookie(), "");
        gone.setMaxAge(0);
        answer.cookie(gone);
    }

    /** Whether the browser still is who it was, without keeping it signed in; for streams. */
    public boolean stillSignedIn(String sessionId) {
        return sessions.look(sessionId, clock.instant()).isPresent();
    }

    /** Where the request comes from: behind a TLS proxy, what that proxy says last. */
    public String address(Context request) {
        String forwarded = overTls ? request.header("X-Forwarded-For") : null;
        return forwarded == null
                ? request.ip()
                : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }

    public String sessionId(Context request) {
        return request.cookie(sessionCookie());
    }

    /** A cookie for this site's own pages only, gone with the browser. */
    public void setCookie(Context answer, String name, String value) {
        answer.cookie(cookie(name, value));
    }

    /** The cookie's name; over TLS the browser itself then refuses it from anywhere else. */
    public String cookieName(String name) {
        return (overTls ? "__Host-" : "") + name;
    }

    private String sessionCookie() {
        return cookieName("tillstream-session");
    }

    private Cookie cookie(String name, String value) {
        return new Cookie(name, value, "/", -1, overTls, true, null, SameSite.STRICT);
    }
}
