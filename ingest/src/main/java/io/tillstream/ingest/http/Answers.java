package io.tillstream.ingest.http;

import io.javalin.http.Context;
import io.tillstream.ingest.intake.Answer;
import io.tillstream.ingest.intake.AnswerJson;
import io.tillstream.ingest.intake.Outcome;

/** Writes an answer to the client. */
final class Answers {
    static final String JSON = "application/json";
    static final String NDJSON = "application/x-ndjson";

    private Answers() {}

    /** Status, headers and body; small enough for the server's buffer, so that writing it does not wait for the client. */
    static void write(Context ctx, Answer answer) {
        ctx.status(answer.outcome().status());
        ctx.contentType(JSON);
        if (answer.retryAfterSeconds() > 0) {
            ctx.header("Retry-After", Integer.toString(answer.retryAfterSeconds()));
        }
        if (answer.outcome() == Outcome.UNAUTHORISED) {
            ctx.header("WWW-Authenticate", "Bearer, Tillstream-HMAC");
        }
        if (endsConnection(answer.outcome())) {
            ctx.header("Connection", "close");
        }
        ctx.result(AnswerJson.object(answer));
    }

    /** Where a body may be left unread, the connection cannot be used again. */
    private static boolean endsConnection(Outcome outcome) {
        return outcome == Outcome.TOO_LARGE || outcome == Outcome.TIMEOUT;
    }
}
