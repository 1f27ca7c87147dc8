package io.tillstream.ingest.http;

import io.tillstream.ingest.intake.Answer;

/** A body that is not read to its end; carries the answer, and no stack because it is usual. */
final class RefusedBodyException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    RefusedBodyException(Answer answer) {
        super(answer.outcome().name(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
