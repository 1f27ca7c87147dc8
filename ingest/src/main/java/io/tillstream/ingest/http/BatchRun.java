package io.tillstream.ingest.http;

import io.tillstream.ingest.auth.Caller;
import io.tillstream.ingest.intake.Answer;
import io.tillstream.ingest.intake.AnswerJson;
import io.tillstream.ingest.intake.Intake;
import io.tillstream.ingest.intake.Outcome;
import io.tillstream.ingest.intake.Submission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One batch: gives its lines to the intake as they arrive and collects an answer for each, in their order. */
final class BatchRun implements LineSplitter.Sink {
    private static final Logger log = LoggerFactory.getLogger(BatchRun.class);

    private final Caller caller;
    private final Door door;
    private final Intake intake;
    private final HttpLimits limits;
    private final LineSplitter lines;
    private final List<Slot> slots = new ArrayList<>();

    /** One for the body itself, one for each line that waits. */
    private final AtomicInteger waiting = new AtomicInteger(1);

    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    /** Where the answer of one line goes; written by whichever thread tells it, read after all are told. */
    private final class Slot implements Consumer<Answer> {
        private final int line;
        private Answer answer;

        Slot(int line) {
            this.line = line;
        }

        @Override
        public void accept(Answer told) {
            answer = told;
            leave();
        }
    }

    BatchRun(Caller caller, Door door, Intake intake, HttpLimits limits) {
        this.caller = caller;
        this.door = door;
        this.intake = intake;
        this.limits = limits;
        this.lines = new LineSplitter(limits.singleBytesMax(), this);
    }

    void feed(byte[] bytes, int length) throws RefusedBodyException {
        lines.feed(bytes, length);
    }

    void endOfBody() throws RefusedBodyException {
        lines.end();
    }

    /** Ends when every line that was taken has its answer; to be called once, when no more lines come. */
    CompletableFuture<Void> answered() {
        leave();
        return answered;
    }

    @Override
    public void line(int number, byte[] bytes, int from, int to) throws RefusedBodyException {
        Slot slot = newSlot(number);
        Optional<Answer> limited = door.takeFromLimit(caller);
        if (limited.isPresent()) {
            slot.accept(intake.refused(caller, limited.get()));
        } else {
            take(new Submission(caller, null, bytes, from, to), slot);
        }
    }

    /** A line that fails of itself must not keep the others from their answers. */
    private void take(Submission submission, Slot slot) {
        try {
            intake.take(submission, slot);
        } catch (RuntimeException e) {
            log.error("A line failed: {} at {}", e.getClass().getName(), e.getStackTrace());
            slot.accept(Answer.of(Outcome.INTERNAL));
        }
    }

    @Override
    public void tooLong(int number) throws RefusedBodyException {
        Answer answer = Answer.tooLarge("the line has more than " + limits.singleBytesMax() + " bytes");
        newSlot(number).accept(intake.refused(caller, answer));
    }

    private Slot newSlot(int number) throws RefusedBodyException {
        if (slots.size() == limits.batchLinesMax()) {
            throw new RefusedBodyException(
                    Answer.tooLarge("the batch has more than " + limits.batchLinesMax() + " lines"));
        }
        Slot slot = new Slot(number);
        slots.add(slot);
        waiting.incrementAndGet();
        return slot;
    }

    private void leave() {
        if (waiting.decrementAndGet() == 0) {
            answered.complete(null);
        }
    }

    /** An answer per line. */
    byte[] answers() {
        StringBuilder out = new StringBuilder(slots.size() * 128);
        slots.forEach(slot -> AnswerJson.line(out, slot.line, slot.answer));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The longest time that any line should wait; 0 for none. */
    int retryAfterSeconds() {
        return slots.stream()
                .mapToInt(slot -> slot.answer.retryAfterSeconds())
                .max()
                .orElse(0);
    }

    int lineCount() {
        return slots.size();
    }
}
