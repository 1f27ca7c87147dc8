package io.tillstream.ingest.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.tillstream.ingest.auth.Caller;
import io.tillstream.ingest.auth.Claim;
import io.tillstream.ingest.intake.Answer;
import io.tillstream.ingest.intake.Intake;
import io.tillstream.ingest.intake.Outcome;
import io.tillstream.ingest.intake.Submission;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** {@code POST /v1/payments}: one event, answered when the broker has it. */
final class PaymentHandler implements Handler {
    private static final byte[] NO_BODY = new byte[0];

    private final Door door;
    private final Intake intake;
    private final HttpLimits limits;
    private final Executor pool;

    PaymentHandler(Door door, Intake intake, HttpLimits limits, Executor pool) {
        this.door = door;
        this.intake = intake;
        this.limits = limits;
        this.pool = pool;
    }

    @Override
    public void handle(Context ctx) {
        Optional<Answer> refusal = door.refuse(ctx, Answers.JSON, limits.singleBytesMax());
        if (refusal.isPresent()) {
            Answers.write(ctx, refusal.get());
            return;
        }
        Claim claim = door.claim(ctx);
        if (claim.needsBody()) {
            ctx.future(() -> body(ctx).thenCompose(body -> take(ctx, caller(ctx, claim, body), body)));
            return;
        }
        Optional<Caller> caller = caller(ctx, claim, NO_BODY);
        Optional<Answer> early = early(ctx, caller);
        if (early.isPresent()) {
            Answers.write(ctx, early.get());
        } else {
            ctx.future(() -> body(ctx).thenCompose(body -> intake(ctx, caller.orElseThrow(), body)));
        }
    }

    private CompletableFuture<byte[]> body(Context ctx) {
        return RequestBody.whole(ctx.req(), limits.singleBytesMax(), limits.bodyMax());
    }

    private static Optional<Caller> caller(Context ctx, Claim claim, byte[] body) {
        return claim.settle(ctx.req().getMethod(), ctx.req().getRequestURI(), key(ctx), body);
    }

    private CompletableFuture<Void> take(Context ctx, Optional<Caller> caller, byte[] body) {
        Optional<Answer> early = early(ctx, caller);
        if (early.isEmpty()) {
            return intake(ctx, caller.orElseThrow(), body);
        }
        Answers.write(ctx, early.get());
        return CompletableFuture.completedFuture(null);
    }

    /** What can be said without the body. */
    private Optional<Answer> early(Context ctx, Optional<Caller> caller) {
        return caller.isEmpty()
                ? Optional.of(Answer.of(Outcome.UNAUTHORISED))
                : early(ctx, caller.get()).map(answer -> intake.refused(caller.get(), answer));
    }

    private Optional<Answer> early(Context ctx, Caller caller) {
        Optional<Answer> refusal = door.refuse(caller);
        if (refusal.isEmpty() && key(ctx).isEmpty()) {
            return Optional.of(Answer.invalid("Idempotency-Key", "is required"));
        }
        return refusal.isEmpty() ? door.takeFromLimit(caller) : refusal;
    }

    private static String key(Context ctx) {
        String key = ctx.header("Idempotency-Key");
        return key == null ? "" : key;
    }

    private CompletableFuture<Void> intake(Context ctx, Caller caller, byte[] body) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        intake.take(new Submission(caller, key(ctx), body, 0, body.length), answer::complete);
        if (answer.isDone()) {
            return answer.thenAccept(known -> Answers.write(ctx, known));
        }
        // The producer tells it on its own thread, which must not write to clients.
        return answer.thenAcceptAsync(told -> Answers.write(ctx, told), pool);
    }
}
