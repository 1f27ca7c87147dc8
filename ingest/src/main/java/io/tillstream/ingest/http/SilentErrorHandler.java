package io.tillstream.ingest.http;

import io.tillstream.ingest.intake.Answer;
import io.tillstream.ingest.intake.AnswerJson;
import io.tillstream.ingest.intake.Outcome;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The server's own error pages, without the request's path, the message or a stack. */
final class SilentErrorHandler extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Outcome outcome = outcome(response.getStatus());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answers.JSON);
        response.write(true, ByteBuffer.wrap(AnswerJson.object(Answer.of(outcome))), callback);
        return true;
    }

    static Outcome outcome(int status) {
        return switch (status) {
            case 404 -> Outcome.NOT_FOUND;
            case 405 -> Outcome.METHOD_NOT_ALLOWED;
            case 408 -> Outcome.TIMEOUT;
            case 413 -> Outcome.TOO_LARGE;
            case 415 -> Outcome.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> Outcome.NOT_READY;
            default -> status >= 500 ? Outcome.INTERNAL : Outcome.BAD_REQUEST;
        };
    }
}
