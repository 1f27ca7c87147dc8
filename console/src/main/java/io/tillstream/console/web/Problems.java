package io.tillstream.console.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.tillstream.console.query.Cursor;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what went wrong into an answer: JSON under /v1, else a page. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String TIMED_OUT = "57014";
    private final ErrorPage errorPage;

    public Problems(ErrorPage errorPage) {
        this.errorPage = errorPage;
    }

    /** Shows a problem to a person. */
    public interface ErrorPage {
        void show(Context answer, int status, String reason);
    }

    /**
     * A problem as programs see it.
     *
     * @param error stable code
     * @param parameter at fault, if one is
     * @param reason in words
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Body(String error, String parameter, String reason) {}

    public void answer(Problem problem, Context answer) {
        answer(answer, problem.status(), new Body(problem.error(), problem.parameter(), problem.getMessage()));
    }

    public void answer(Cursor.UnusableCursor unusable, Context answer) {
        answer(answer, 400, new Body("INVALID_PARAMETER", "cursor", unusable.getMessage()));
    }

    /** The database is away or too slow: the client may come again. */
    public void answer(JdbiException failure, Context answer) {
        boolean slow = failure.getCause() instanceof SQLException sql && TIMED_OUT.equals(sql.getSQLState());
        LOG.warn("database did not answer {}", answer.endpoint().path, failure);
        answer.header("Retry-After", "5");
        answer(
                answer,
                503,
                slow
                        ? new Body("QUERY_TOO_SLOW", null, "the query took too long: ask for less")
                        : new Body(
                                "DATABASE_UNAVAILABLE",
                                null,
                                "the database does not answer; this page tries again when you do"));
    }

    /** Javalin's own answers: no such route, body too large. */
    public void answer(HttpResponseException refused, Context answer) {
        String error = refused.getStatus() == 404 ? "NOT_FOUND" : "REFUSED";
        answer(answer, refused.getStatus(), new Body(error, null, words(refused.getStatus())));
    }

    public void answer(Exception failure, Context answer) {
        LOG.error("request to {} failed", answer.endpoint().path, failure);
        answer(answer, 500, new Body("INTERNAL", null, "something broke here, not with you; it is in the log"));
    }

    static void unauthorised(Context answer) {
        answer.header("WWW-Authenticate", "Bearer realm=\"tillstream\"")
                .status(401)
                .json(new Body("UNAUTHORISED", null, "send Authorization: Bearer with a token, or sign in"));
    }

    private void answer(Context answer, int status, Body body) {
        if (answer.path().startsWith("/v1/")) {
            answer.status(status).json(body);
        } else {
            errorPage.show(answer, status, body.reason());
        }
    }

    private static String words(int status) {
        return switch (status) {
            case 404 -> "there is nothing here";
            case 405 -> "not with this method";
            case 413 -> "the request is too large";
            default -> "the request was refused";
        };
    }
}
