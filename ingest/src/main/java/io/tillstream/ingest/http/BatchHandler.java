package io.tillstream.ingest.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.tillstream.ingest.auth.Caller;
import io.tillstream.ingest.auth.Claim;
import io.tillstream.ingest.intake.Answer;
import io.tillstream.ingest.intake.Intake;
import io.tillstream.ingest.intake.Outcome;
import io.tillstream.ingest.limits.InFlight;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code POST /v1/payments:batch}: lines of events, an answer per line. A signed batch is read whole before its first line counts; any
 * other is taken in line by line as it arrives.
 */
final class BatchHandler implements Handler {
    private static final byte[] NO_BODY = new byte[0];

    private final Door door;
    private final Intake intake;
    private final HttpLimits limits;
    private final InFlight batches;
    private final Executor pool;

    BatchHandler(Door door, Intake intake, HttpLimits limits, InFlight batches, Executor pool) {
        this.door = door;
        this.intake = intake;
        this.limits = limits;
        this.batches = batches;
        this.pool = pool;
    }

    @Override
    public void handle(Context ctx) {
        Optional<Answer> refusal = door.refuse(ctx, Answers.NDJSON, limits.batchBytesMax());
        if (refusal.isPresent()) {
            Answers.write(ctx, refusal.get());
            return;
        }
        Claim claim = door.claim(ctx);
        Optional<Caller> known = claim.needsBody() ? Optional.empty() : caller(ctx, claim, NO_BODY);
        Optional<Answer> early = claim.needsBody() ? Optional.empty() : early(known);
        if (early.isPresent()) {
            Answers.write(ctx, early.get());
        } else if (!batches.tryEnter()) {
            Answers.write(ctx, Answer.of(Outcome.BUSY));
        } else {
            ctx.future(() -> leaving(known.map(caller -> stream(ctx, caller)).orElseGet(() -> whole(ctx, claim))));
        }
    }

    private CompletableFuture<Void> leaving(CompletableFuture<Void> batch) {
        AtomicBoolean hasLeft = new AtomicBoolean();
        return batch.whenComplete((nothing, failure) -> {
            if (!hasLeft.getAndSet(true)) {
                batches.leave();
            }
        });
    }

    private static Optional<Caller> caller(Context ctx, Claim claim, byte[] body) {
        return claim.settle(ctx.req().getMethod(), ctx.req().getRequestURI(), "", body);
    }

    private Optional<Answer> early(Optional<Caller> caller) {
        return caller.isEmpty() ? Optional.of(Answer.of(Outcome.UNAUTHORISED)) : door.refuse(caller.get());
    }

    private CompletableFuture<Void> stream(Context ctx, Caller caller) {
        BatchRun run = new BatchRun(caller, door, intake, limits);
        return RequestBody.feed(ctx.req(), run::feed, limits.batchBytesMax(), limits.bodyMax())
                .thenCompose(nothing -> end(run))
                .handle((nothing, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> finish(ctx, run, failure));
    }

    private CompletableFuture<Void> whole(Context ctx, Claim claim) {
        return RequestBody.whole(ctx.req(), limits.batchBytesMax(), limits.bodyMax())
                .thenCompose(body -> take(ctx, caller(ctx, claim, body), body));
    }

    private CompletableFuture<Void> take(Context ctx, Optional<Caller> caller, byte[] body) {
        Optional<Answer> early = early(caller);
        if (early.isPresent()) {
            Answers.write(ctx, early.get());
            return CompletableFuture.completedFuture(null);
        }
        BatchRun run = new BatchRun(caller.orElseThrow(), door, intake, limits);
        return feed(run, body)
                .thenCompose(nothing -> end(run))
                .handle((nothing, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> finish(ctx, run, failure));
    }

    private static CompletableFuture<Void> feed(BatchRun run, byte[] body) {
        try {
            run.feed(body, body.length);
            return CompletableFuture.completedFuture(null);
        } catch (RefusedBodyException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletableFuture<Void> end(BatchRun run) {
        try {
            run.endOfBody();
            return CompletableFuture.completedFuture(null);
        } catch (RefusedBodyException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Answers what has been taken. A batch that turns out too large has its first lines taken by then: its status says so, and its
     * lines say which.
     */
    private CompletableFuture<Void> finish(Context ctx, BatchRun run, Optional<Throwable> failure) {
        CompletableFuture<Void> answered = run.answered();
        Throwable cause = failure.map(BatchHandler::unwrap).orElse(null);
        if (cause == null || cause instanceof RefusedBodyException) {
            int status = cause instanceof RefusedBodyException refused
                    ? refused.answer().outcome().status()
                    : 200;
            return answered.thenComposeAsync(nothing -> write(ctx, run, status), pool);
        }
        return answered.thenCompose(nothing -> CompletableFuture.failedFuture(cause));
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static CompletableFuture<Void> write(Context ctx, BatchRun run, int status) {
        ctx.status(status);
        ctx.contentType(Answers.NDJSON);
        if (run.retryAfterSeconds() > 0) {
            ctx.header("Retry-After", Integer.toString(run.retryAfterSeconds()));
        }
        if (status != 200) {
            ctx.header("Connection", "close");
        }
        return ResponseBody.write(ctx.res(), run.answers());
    }
}
