package io.tillstream.ingest.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the rest of a body before it ends an answer that did not wait for it. A connection that is closed with bytes unread is reset, and
 * its client may see the reset instead of the answer: a refusal without its reason.
 */
final class ReadOutHandler extends Handler.Wrapper {
    private final long bytesMax;
    private final Duration timeMax;

    /** Of a body that goes on for more bytes or longer the rest stays unread. */
    ReadOutHandler(long bytesMax, Duration timeMax) {
        this.bytesMax = bytesMax;
        this.timeMax = timeMax;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        // A client that asked whether to send its body sends none when it is answered.
        return request.getHeaders().contains(HttpHeader.EXPECT)
                ? super.handle(request, response, callback)
                : super.handle(new LeftToRead(request), new ReadOut(request, response), callback);
    }

    /** Keeps the servlet layer from giving up the rest of the body before the answer is written. */
    private static final class LeftToRead extends Request.Wrapper {
        LeftToRead(Request request) {
            super(request);
        }

        @Override
        public boolean consumeAvailable() {
            return true;
        }
    }

    private final class ReadOut extends Response.Wrapper {
        private final Request request;
        private final long endNanos = System.nanoTime() + timeMax.toNanos();
        private long bytesLeft = bytesMax;

        ReadOut(Request request, Response response) {
            super(request, response);
            this.request = request;
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (last) {
                readOut(() -> super.write(true, content, callback));
            } else {
                super.write(false, content, callback);
            }
        }

        private void readOut(Runnable write) {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(() -> readOut(write));
                    return;
                }
                bytesLeft -= chunk.remaining();
                chunk.release();
                boolean isEnd = chunk.isLast() || Content.Chunk.isFailure(chunk);
                if (isEnd || bytesLeft < 0 || System.nanoTime() - endNanos > 0) {
                    write.run();
                    return;
                }
            }
        }
    }
}
