package io.tillstream.ingest.http;

import io.tillstream.ingest.cardguard.CardFound;
import io.tillstream.ingest.cardguard.CardGuard;
import io.tillstream.ingest.intake.Answer;
import io.tillstream.ingest.intake.AnswerJson;
import io.tillstream.ingest.intake.CardAlarm;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Judges path, query and headers of every request before anything else of the server sees it. */
final class CardGuardHandler extends Handler.Wrapper {
    private final CardGuard guard;
    private final CardAlarm alarm;

    CardGuardHandler(CardGuard guard, CardAlarm alarm) {
        this.guard = guard;
        this.alarm = alarm;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<CardFound> card = find(request);
        if (card.isEmpty()) {
            return super.handle(request, response, callback);
        }
        alarm.raise(card.get(), "", 0);
        Answer answer = Answer.cardNumber(card.get().field());
        response.setStatus(answer.outcome().status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answers.JSON);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.write(true, ByteBuffer.wrap(AnswerJson.object(answer)), callback);
        return true;
    }

    private Optional<CardFound> find(Request request) {
        HttpURI uri = request.getHttpURI();
        Optional<CardFound> card = guard.inQuery(uri.getQuery());
        if (card.isEmpty()) {
            card = guard.inPath(uri.asString());
        }
        if (card.isEmpty()) {
            card = guard.inPath(request.getMethod());
        }
        for (HttpField header : request.getHeaders()) {
            if (card.isPresent()) {
                return card;
            }
            card = guard.inHeader(header.getName(), header.getValue() == null ? "" : header.getValue());
        }
        return card;
    }
}
