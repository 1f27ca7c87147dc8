package io.tillstream.ingest.http;

import io.tillstream.ingest.intake.Answer;
import io.tillstream.ingest.intake.Outcome;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Reads a body as it arrives; between two pieces no thread waits. */
final class RequestBody implements ReadListener {
    private static final int PIECE_BYTES = 16 * 1024;

    /** Takes the pieces of a body in their order. */
    @FunctionalInterface
    interface Sink {
        /** @throws RefusedBodyException if nothing more is wanted */
        void piece(byte[] bytes, int length) throws RefusedBodyException;
    }

    private final ServletInputStream in;
    private final Sink sink;
    private final long bytesMax;
    private final long endNanos;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final byte[] piece = new byte[PIECE_BYTES];
    private long bytesRead;

    private RequestBody(ServletInputStream in, Sink sink, long bytesMax, Duration timeMax) {
        this.in = in;
        this.sink = sink;
        this.bytesMax = bytesMax;
        this.endNanos = System.nanoTime() + timeMax.toNanos();
    }

    /**
     * Feeds the body to the sink. The request has to be asynchronous already.
     *
     * @return ends with the body, or with RefusedBodyException, or with the connection's IOException
     */
    static CompletableFuture<Void> feed(HttpServletRequest request, Sink sink, long bytesMax, Duration timeMax) {
        try {
            RequestBody body = new RequestBody(request.getInputStream(), sink, bytesMax, timeMax);
            body.in.setReadListener(body);
            return body.end;
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The whole body, for one that has to be seen whole. */
    static CompletableFuture<byte[]> whole(HttpServletRequest request, long bytesMax, Duration timeMax) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(1024);
        return feed(request, (bytes, length) -> whole.write(bytes, 0, length), bytesMax, timeMax)
                .thenApply(nothing -> whole.toByteArray());
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!end.isDone() && in.isReady() && !in.isFinished()) {
            int length = in.read(piece);
            if (length > 0) {
                take(length);
            }
        }
    }

    private void take(int length) {
        bytesRead += length;
        try {
            if (bytesRead > bytesMax) {
                throw new RefusedBodyException(Answer.tooLarge("the body has more than " + bytesMax + " bytes"));
            }
            if (System.nanoTime() - endNanos > 0) {
                throw new RefusedBodyException(Answer.of(Outcome.TIMEOUT));
            }
            sink.piece(piece, length);
        } catch (RefusedBodyException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    @Override
    public void onAllDataRead() {
        end.complete(null);
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }
}
