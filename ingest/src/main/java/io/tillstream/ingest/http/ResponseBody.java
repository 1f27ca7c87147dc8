package io.tillstream.ingest.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Writes a large body as fast as the client reads it; meanwhile no thread waits. */
final class ResponseBody implements WriteListener {
    private static final int PIECE_BYTES = 32 * 1024;

    private final ServletOutputStream out;
    private final byte[] body;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int written;

    private ResponseBody(ServletOutputStream out, byte[] body) {
        this.out = out;
        this.body = body;
    }

    /** Status and headers have to be set already. */
    static CompletableFuture<Void> write(HttpServletResponse response, byte[] body) {
        try {
            response.setContentLength(body.length);
            ResponseBody writer = new ResponseBody(response.getOutputStream(), body);
            writer.out.setWriteListener(writer);
            return writer.end;
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (written == body.length) {
                end.complete(null);
                return;
            }
            int length = Math.min(PIECE_BYTES, body.length - written);
            out.write(body, written, length);
            written += length;
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }
}
